"""The command with which anybody verifies the chain of editions: a shell, sed and sha256sum, and no program of ours."""

COMMAND = r"""sed -n -e 's/^  "number": \([0-9]*\),*$/\1/p' -e 's/^  "sha256": "\([0-9a-f]*\)",*$/\1/p' ledger.json | {
  before=""
  while read -r number && read -r hash; do
    file="$(printf %04d "$number").json"
    if [ -f "$file" ]; then
      [ "$(sha256sum < "$file" | cut -c 1-64)" = "$hash" ] || echo "$file was changed"
      [ "$(sed -n 's/^ "previous": "\([0-9a-f]*\)",*$/\1/p' "$file")" = "$before" ] || echo "$file does not follow"
    else
      echo "Edition $number is not here: withdrawn, or missing"
    fi
    before=$hash
  done
}"""
"""Run in the folder of the editions; without `sha256sum`, `shasum -a 256` says the same."""

"""How the phone's pages look, and the few lines of script that save a tap. Always the same text: the policy of the page
allows both by their hashes."""

STYLE = """
body { margin: 1rem auto 3rem; }
h1 { font-size: 1.375rem; margin: 0.5rem 0 0.75rem; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.5rem 0; }
:root { --line: #5b6b7a; }
@media (prefers-color-scheme: dark) { :root { --line: #93a5b5; } }
.where { color: var(--line); font-weight: 600; margin: 0; }
.said { border-left: 0.375rem solid var(--accent); background: var(--tint); padding: 0.625rem 0.875rem;
  font-weight: 600; margin: 0.5rem 0 0.75rem; }
.story { border-left: 0.25rem solid var(--line); padding-left: 0.875rem; white-space: pre-line; }
label, legend { font-weight: 600; }
fieldset { border: 0; padding: 0; margin: 1rem 0; }
.choice { display: flex; align-items: center; gap: 0.75rem; min-height: 2.75rem; font-weight: 400; }
.choice input { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--accent); }
.text { display: block; box-sizing: border-box; width: 100%; max-width: 20rem; min-height: 2.75rem; font: inherit;
  margin: 0.25rem 0 1rem; padding: 0.25rem 0.75rem; color: var(--ink); background: var(--paper);
  border: 2px solid var(--line); border-radius: 0.375rem; }
.code { font-size: 1.5rem; letter-spacing: 0.2em; text-transform: uppercase; max-width: 13rem; }
.hint { color: var(--line); font-weight: 400; }
.level { display: block; width: 100%; margin: 0 0 0.625rem; padding: 0.75rem 0.875rem;
  text-align: left; font-weight: 400; color: var(--ink); background: var(--paper); border: 2px solid var(--line); }
.ahead { border-top: 1px solid var(--line); padding: 0.5rem 0; }
:is(.level, .ahead) > :is(b, span) { display: block; }
.given { border: 4px solid var(--accent); background: var(--tint); }
.mark { font-weight: 600; color: var(--accent); }
.plain { color: var(--ink); background: var(--tint); border: 2px solid var(--line); margin-top: 1.5rem; }
ol, ul { padding-left: 1.25rem; }
li { margin-bottom: 0.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
th, td { text-align: left; font-weight: 400; padding: 0.375rem 0.5rem 0.375rem 0; border-top: 1px solid var(--line);
  vertical-align: top; }
td { text-align: right; white-space: nowrap; padding-right: 0; }
:is(input, summary):focus-visible { outline: 3px solid #ffdd00; outline-offset: 2px; box-shadow: 0 0 0 6px #14202b; }
"""

SCRIPT = """
(() => {
  const news = document.getElementById("news");
  const left = document.getElementById("left");
  let timer, failed = 0, asking = false, going = false;
  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(look, wait); };
  const go = () => { going = true; location.replace(news.dataset.here); };
  async function look() {
    if (asking || going) return;
    asking = true;
    const given = new AbortController();
    const enough = setTimeout(() => given.abort(), 8000);
    try {
      const answer = await fetch(news.dataset.here + "/now", { cache: "no-store", signal: given.signal });
      if (answer.status === 404) return go();
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      failed = 0;
      if (now.version > Number(news.dataset.version)) return go();
      soon(now.wait);
    } catch {
      failed += 1;
      soon(Math.min(15000, 1000 * 2 ** failed) * (0.75 + Math.random() / 2));
    } finally {
      clearTimeout(enough);
      asking = false;
    }
  }
  addEventListener("submit", () => { going = true; });
  addEventListener("pageshow", () => { going = false; look(); });
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  if (left) {
    const ends = performance.now() + 1000 * Number(left.dataset.seconds);
    setInterval(() => {
      const seconds = Math.ceil((ends - performance.now()) / 1000);
      if (seconds > 0 && seconds < 120) left.textContent = seconds + (seconds === 1 ? " second left" : " seconds left");
      if (seconds <= 0) left.textContent = left.dataset.over;
    }, 1000);
  }
})();
"""

"""What makes the leadership summary fit one screen; elsewhere pages have more air."""

CSS = """
<style>
  .stApp:has(.st-key-summary) [data-testid="stMainBlockContainer"] {
    padding: 3.75rem 1.5rem 0.5rem 1.5rem; max-width: 90rem;
  }
  .st-key-summary, .st-key-summary [data-testid="stVerticalBlock"] { gap: 0.1rem; }
  .st-key-summary [data-testid="stElementContainer"]:has([data-testid="stPageLink"]) { margin: 0; }
  .st-key-summary :is([data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"]) { margin-bottom: 0; }
  .st-key-summary h1 { font-size: 1.25rem; padding: 0; }
  .st-key-summary h2 { font-size: 0.95rem; padding: 0.15rem 0 0; line-height: 1.25; }
  .st-key-summary p { font-size: 0.85rem; line-height: 1.35; margin: 0; }
  .st-key-summary-headline > :first-child p { font-size: 1rem; }
  .stApp:has(.st-key-summary) [data-testid="stAlertContainer"] { padding: 0.2rem 0.8rem; min-height: 0; }
  .st-key-summary [data-testid="stPageLink"] a {
    padding: 0 0.35rem; margin: 0; min-height: 25px; height: auto; box-sizing: border-box; align-items: flex-start;
  }
  .st-key-summary [data-testid="stPageLink"] a p, .st-key-summary [data-testid="stPageLink"] a span {
    white-space: normal; overflow: visible; line-height: 1.35; font-size: 0.85rem;
  }
  .st-key-summary [data-testid="stPopover"] button { min-height: 1.6rem; padding: 0 0.6rem; }
  .st-key-summary-top [data-testid="stPageLink"] { width: auto; }
  .wm-heat { overflow: auto; }
  .wm-heat.moves { max-height: 18.6rem; }
  .wm-heat table { table-layout: fixed; border-collapse: separate; border-spacing: 2px; width: 100%;
    font-size: 0.78rem; }
  .wm-heat th { font-weight: 600; text-align: left; padding: 0 0.25rem 0 0; line-height: 1.15; }
  .wm-heat th span { display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden;
    overflow-wrap: anywhere; }
  .wm-heat tbody th { font-size: 0.74rem; }
  .wm-heat th span.long { font-size: 0.66rem; line-height: 1; -webkit-line-clamp: 2; }
  .wm-heat thead th { font-size: 0.68rem; text-align: center; vertical-align: bottom; padding: 0;
    position: sticky; top: 0; background: var(--st-background-color); }
  .wm-heat thead th:not(:first-child) span { font-size: inherit; line-height: inherit; hyphens: auto;
    -webkit-line-clamp: 3; }
  .wm-heat thead th:first-child { width: 30%; text-align: left; }
  .wm-heat td { text-align: center; font-weight: 600; border-radius: 4px; height: 1.35rem; padding: 0; }
  .wm-heat td.none { outline: 1px dashed currentColor; outline-offset: -2px; font-weight: 400; }
  @media (max-width: 640px) {
    .wm-heat.moves { max-height: 32rem; }
    .wm-heat tbody th span { font-size: 0.68rem; line-height: 1; -webkit-line-clamp: 2; }
    .wm-heat thead th:not(:first-child) span { display: inline-block; writing-mode: vertical-rl; rotate: 180deg;
      max-height: 6.5rem; text-align: left; }
  }
  .wm-levels { display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; font-size: 0.72rem; margin-top: 0.15rem; }
  .wm-levels i { display: inline-block; width: 0.8rem; height: 0.8rem; border-radius: 3px; margin-right: 0.25rem;
    vertical-align: -0.1rem; border: 1px solid #66727E; }
  .wm-phases { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0.2rem 1rem;
    list-style: none; margin: 0; padding: 0; font-size: 0.78rem; }
  .st-key-summary .wm-phases, .st-key-summary .wm-phases li { margin: 0; padding: 0; font-size: 0.75rem; }
  .wm-phases span.bar { display: block; position: relative; height: 0.6rem; border-radius: 3px; border: 1px solid; }
  .wm-phases span.bar b { display: block; height: 100%; border-radius: 2px; }
  .wm-phases span.bar i { position: absolute; top: -3px; bottom: -3px; width: 2px; background: currentColor; }
</style>
"""

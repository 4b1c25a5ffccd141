/** Style of the demo page, in the page itself: it loads nothing. Colours are the sign-in page's and reach AA. */
export const demoPageStyle = `
:root{color-scheme:light dark;--page:#f4f6f9;--card:#fff;--line:#d9dfe6;--text:#17202b;--muted:#566272;--accent:#1f5fd0;
--soft:#e8f0fd;--on-accent:#fff;--shadow:0 1px 2px rgb(15 25 40/6%),0 8px 24px rgb(15 25 40/7%)}
@media (prefers-color-scheme:dark){:root{--page:#0d1116;--card:#161c24;--line:#2b3542;--text:#e9eef4;--muted:#a4b0be;
--accent:#7db0ff;--soft:#1b2c47;--on-accent:#0c1a30;--shadow:0 8px 24px rgb(0 0 0/35%)}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:16px/1.55 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:56rem;margin:0 auto;padding:clamp(1.5rem,6vw,4.5rem) clamp(1rem,4vw,2rem) 4rem}
.mark{width:52px;height:52px;color:var(--accent)}
.mark-i{fill:var(--on-accent)}
h1{margin:1.1rem 0 0;font-size:clamp(1.9rem,6vw,2.9rem);line-height:1.1;letter-spacing:-.03em}
h2{margin:0;font-size:1.1875rem;letter-spacing:-.01em}
p{margin:.4rem 0 0;text-wrap:pretty}
.lead{font-size:clamp(1.05rem,3vw,1.25rem);color:var(--muted)}
.what{max-width:44rem;margin-top:1.1rem}
.muted{color:var(--muted)}
.small{margin-top:.8rem;font-size:.875rem}
section{margin-top:2.6rem}
ol,ul{list-style:none;margin:.9rem 0 0;padding:0;display:grid;gap:.75rem}
a{color:var(--accent)}
code{font-size:.9em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.steps{counter-reset:step;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr))}
.steps>li{counter-increment:step;display:flex;gap:.8rem;padding:1rem 1.1rem;border-radius:16px;background:var(--soft)}
.steps>li::before{content:counter(step);flex:none;display:grid;place-items:center;width:1.75rem;height:1.75rem;border-radius:50%;
background:var(--accent);color:var(--on-accent);font-weight:700;font-size:.875rem}
.steps a{font-weight:650}
.numbers{gap:.35rem}
.numbers b{display:inline-block;min-width:8.5rem;font-variant-numeric:tabular-nums}
.people a,.parts a{display:flex;border:1px solid var(--line);border-radius:16px;background:var(--card);color:var(--text);
text-decoration:none;box-shadow:var(--shadow);transition:border-color .12s,transform .12s}
.people a:hover,.parts a:hover{border-color:var(--accent);transform:translateY(-1px)}
.people{grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
.people a{height:100%;flex-wrap:wrap;align-items:center;gap:.35rem .85rem;padding:.8rem 1rem}
.people a>span:nth-child(2){flex:1;min-width:9rem}
.people small{display:block;color:var(--muted);font-size:.875rem}
.go{color:var(--accent);font-size:.875rem;font-weight:600;white-space:nowrap}
.face{flex:none;display:grid;place-items:center;width:2.5rem;height:2.5rem;border-radius:50%;background:var(--soft);
color:var(--accent);font-style:normal;font-size:.875rem;font-weight:700}
.parts{grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr))}
.parts a{flex-direction:column;height:100%;gap:.15rem;padding:1rem 1.1rem}
.parts span{color:var(--muted);font-size:.9375rem}
.parts small{margin-top:auto;padding-top:.5rem;color:var(--accent);font-size:.8125rem;overflow-wrap:anywhere}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
`;

/**
 * Style of the sign-in pages. One constant, so that its hash can stand in the page's content security policy.
 * Colours are those of the agent client; every pair that carries text reaches WCAG AA in both schemes.
 */
export const style = `
:root{color-scheme:light dark;--page:#f4f6f9;--card:#fff;--line:#d9dfe6;--field:#8490a0;--text:#17202b;--muted:#566272;
--accent:#1f5fd0;--accent-hover:#174ba8;--on-accent:#fff;--soft:#e8f0fd;--bad:#c2303b;--bad-soft:#fdeaeb;
--shadow:0 1px 2px rgb(15 25 40/8%),0 10px 30px rgb(15 25 40/10%)}
@media (prefers-color-scheme:dark){:root{--page:#0d1116;--card:#161c24;--line:#313c4a;--field:#7b8899;--text:#e9eef4;
--muted:#a4b0be;--accent:#7db0ff;--accent-hover:#a3c8ff;--on-accent:#0c1a30;--soft:#1b2c47;--bad:#ff8a8f;--bad-soft:#421d22;
--shadow:0 1px 2px rgb(0 0 0/40%),0 10px 30px rgb(0 0 0/45%)}}
*{box-sizing:border-box}
html{height:100%;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100%;padding:1.5rem;display:flex;background:var(--page);color:var(--text);
font:.9375rem/1.5 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{width:100%;max-width:25rem;margin:auto;padding:2rem;background:var(--card);border:1px solid var(--line);
border-radius:18px;box-shadow:var(--shadow)}
.inner{container:inner/inline-size;overflow-wrap:break-word;hyphens:auto}
.mark{display:block;width:40px;height:40px;margin-bottom:1rem;color:var(--accent)}
h1{margin:0;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;overflow-wrap:anywhere;hyphens:auto}
p{margin:.5rem 0 0;overflow-wrap:anywhere}
.muted{margin-top:.25rem;color:var(--muted)}
.problem{margin:1.25rem 0 0;padding:.75rem .875rem;border-radius:10px;background:var(--bad-soft);color:var(--text);
border-inline-start:4px solid var(--bad);font-size:.9375rem}
form{margin:1.5rem 0 0}
label{display:block;margin:0 0 .375rem;font-weight:600;font-size:.875rem}
.row{position:relative;margin-bottom:1rem}
input{width:100%;height:2.75rem;padding:0 .75rem;border:1px solid var(--field);border-radius:10px;background:var(--card);
color:var(--text);font:inherit}
.secret input{padding-inline-end:6.5rem}
button{font:inherit;cursor:pointer;border-radius:10px}
.main{width:100%;min-height:2.75rem;margin-top:.25rem;padding:.5rem 1rem;border:0;background:var(--accent);
color:var(--on-accent);font-weight:600}
.main:is(a){border-radius:10px;display:flex;align-items:center;justify-content:center;text-decoration:none}
.main:hover{background:var(--accent-hover)}
.main[aria-disabled=true]{opacity:.75;cursor:progress}
.reveal{position:absolute;inset-inline-end:.3125rem;bottom:.3125rem;height:2.125rem;padding:0 .625rem;border:0;background:transparent;
color:var(--accent);font-size:.875rem;font-weight:600}
.reveal:hover{background:var(--soft)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
input:focus-visible{outline-offset:-1px}
input[readonly]{background:var(--page)}
a,summary{color:var(--accent);border-radius:4px}
.again,.other{margin-top:1.25rem;font-size:.9375rem}
summary{cursor:pointer;font-size:.9375rem}
.other form{margin-top:1rem}
.rules{margin:-.25rem 0 1rem;padding-inline-start:1.25rem;color:var(--muted);font-size:.875rem}
.steps{margin:1.25rem 0 0;padding-inline-start:1.25rem}
.steps li+li{margin-top:1rem}
.picture{width:11rem;max-width:100%;margin:.75rem 0;padding:.5rem;background:#fff;border:1px solid var(--line);border-radius:10px}
.picture svg{display:block;width:100%;height:auto}
.key,.codes{font-family:ui-monospace,"SF Mono",Consolas,monospace;user-select:all}
.key{padding:.5rem .75rem;background:var(--soft);border-radius:8px;overflow-wrap:anywhere}
.codes{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(18rem,100%),1fr));gap:.25rem 1rem;margin:1.25rem 0 0;padding:.875rem 1rem;
list-style:none;background:var(--soft);border-radius:10px}
.ways{display:grid;gap:.5rem;margin-top:1.25rem}
form+.ways .way{background:transparent;color:var(--accent);border:1px solid var(--accent)}
form+.ways .way:hover{background:var(--soft)}
.told{margin:.75rem 0 0;padding:.75rem;background:var(--soft);border-radius:8px;font:.8125rem/1.5 ui-monospace,Consolas,monospace;
overflow-wrap:anywhere;white-space:pre-wrap}
.facts{margin:1.25rem 0 0;padding:0;list-style:none}
.facts li+li{margin-top:.375rem}
.facts+h2{margin-top:1.25rem}
.demo{margin-top:1.5rem;padding-top:1.25rem;border-top:1px solid var(--line)}
h2{margin:0;font-size:.875rem;font-weight:600;color:var(--muted)}
.demo form{display:grid;gap:.5rem;margin-top:.75rem}
.person{display:flex;align-items:center;gap:.75rem;width:100%;min-height:3rem;padding:.375rem .75rem;border:1px solid var(--line);
background:transparent;color:var(--text);text-align:start;line-height:1.3}
.person:hover{background:var(--soft);border-color:var(--accent)}
.person span{min-width:0;overflow-wrap:anywhere}
.person small{display:block;color:var(--muted);font-size:.8125rem}
.face{flex:none;display:grid;place-items:center;width:2rem;height:2rem;border-radius:50%;background:var(--soft);
color:var(--accent);font-size:.75rem;font-style:normal;font-weight:700}
@media (max-width:30rem){body{padding:0;background:var(--card)}main{margin:0 auto auto;padding:1.25rem 1rem;border:0;border-radius:0;
box-shadow:none}.mark{width:34px;height:34px;margin-bottom:.75rem}h1{font-size:1.3125rem}form{margin-top:1.125rem}}
@media (max-width:15rem),(max-width:240px){main{padding:.75rem min(1rem,5vw)}}
@container inner (max-width:15rem){h1{font-size:min(1.3125rem,16cqi)}.secret input{padding-inline-end:.75rem}
.reveal{position:static;display:block;height:auto;min-height:2.125rem;padding:.25rem .5rem}.face{display:none}
input,.main,.person{padding-inline:min(.75rem,4cqi)}.codes{padding-inline:min(1rem,4cqi)}.steps,.rules{padding-inline-start:min(1.25rem,8cqi)}
.problem{padding-inline:min(.875rem,4cqi)}}
@media (forced-colors:active){.main,.way,.person{border:1px solid}}
`;

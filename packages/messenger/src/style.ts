/** Colours follow the customer's light or dark; `--accent` is the messenger's own. */
export const style = `
:host{all:initial;position:fixed;z-index:2147483000;inset-block-end:16px;inset-inline-end:16px;font:400 16px/1.45 system-ui,sans-serif;
color-scheme:light dark;--bg:light-dark(#fff,#16201e);--text:light-dark(#15211e,#e9f0ee);--muted:light-dark(#54625e,#a9b8b3);
--line:light-dark(#cfd8d5,#3a4a46);--soft:light-dark(#eef3f1,#22302d);--bad:light-dark(#a3201c,#ff9d94)}
*{box-sizing:border-box;font:inherit;letter-spacing:normal}
button{cursor:pointer;color:inherit;min-height:2.75rem;border:1px solid var(--line);border-radius:12px;background:var(--bg);color:var(--text);padding:.4rem .9rem}
button:disabled{opacity:.6;cursor:default}
:focus-visible{outline:3px solid light-dark(#0b63ce,#8fc0ff);outline-offset:2px}
.launcher{display:grid;place-items:center;inline-size:3.75rem;block-size:3.75rem;border-radius:50%;border:2px solid var(--bg);background:var(--accent);color:var(--on-accent);padding:0;box-shadow:0 4px 18px #0005;margin-inline-start:auto;position:relative}
.launcher svg{inline-size:1.75rem;block-size:1.75rem}
.badge{position:absolute;inset-block-start:-.25rem;inset-inline-end:-.25rem;min-inline-size:1.5rem;padding:0 .35rem;border-radius:1rem;background:#b3261e;color:#fff;font-size:.8rem;font-weight:700;line-height:1.5rem;text-align:center}
.dialog{display:flex;flex-direction:column;inline-size:min(24rem,calc(100vw - 32px));block-size:min(38rem,calc(100dvh - 32px));background:var(--bg);color:var(--text);border:1px solid var(--line);border-radius:18px;overflow:hidden;box-shadow:0 12px 48px #0006}
.top{display:flex;align-items:center;gap:.25rem;padding:.5rem .5rem .5rem 1rem;background:var(--accent);color:var(--on-accent)}
:host([dir=rtl]) .top{padding:.5rem 1rem .5rem .5rem}
h2{flex:1;margin:0;font-size:1.05rem;font-weight:650;overflow-wrap:anywhere}
.top button{background:none;border:0;color:inherit;padding:0;inline-size:2.75rem;display:grid;place-items:center}
.top :focus-visible{outline-color:currentColor;outline-offset:-4px}
.top svg{inline-size:1.25rem;block-size:1.25rem}
.log{flex:1;overflow-y:auto;padding:.75rem;display:flex;flex-direction:column;gap:.5rem;overflow-wrap:anywhere}
.log p{margin:0}
.messages{display:flex;flex-direction:column;gap:.5rem}
.message{max-inline-size:85%;align-self:flex-start}
.message .text{padding:.5rem .8rem;border-radius:14px;background:var(--soft);white-space:pre-wrap}
.message.mine{align-self:flex-end;text-align:end}
.message.mine .text{background:var(--accent);color:var(--on-accent);text-align:start;display:inline-block}
.message a{color:inherit}
.line,.note{color:var(--muted);font-size:.85rem}
.note{text-align:center;padding:.25rem .5rem}
.bad{color:var(--bad)}
.actions{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;justify-content:center;padding:.5rem .75rem;border-block-start:1px solid var(--line)}
form{display:flex;flex-direction:column;gap:.6rem;padding:.75rem;border-block-start:1px solid var(--line)}
label{display:flex;flex-direction:column;gap:.2rem;font-size:.9rem}
input,textarea{inline-size:100%;min-height:2.75rem;padding:.5rem .7rem;border:1px solid var(--muted);border-radius:10px;background:var(--bg);color:var(--text);resize:none}
.row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:flex-end}
.row label{min-inline-size:8rem}
.attach{inline-size:2.75rem;padding:0;display:grid;place-items:center}
.attach svg{inline-size:1.25rem;block-size:1.25rem}
.refused{order:9;inline-size:100%}
.file{background:none;border:0;padding:0;min-height:1.5rem;color:inherit;text-decoration:underline;text-align:start;overflow-wrap:anywhere}
.row label{flex:1}
.primary{background:var(--accent);color:var(--on-accent);border-color:transparent}
.actions p{margin:0;flex-basis:100%}
form.mail{flex-direction:row}
.mail label{flex:1 1 100%}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:420px){.dialog{inline-size:calc(100vw - 16px);block-size:calc(100dvh - 16px)}:host{inset-block-end:8px;inset-inline-end:8px}}
@media (forced-colors:active){.launcher,.dialog,.message .text{border:1px solid CanvasText}}
`;

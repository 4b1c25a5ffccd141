/** Nothing of the page's gets in, and the bar covers no more of it than it must. */
export const barStyle = `
:host{all:initial;position:fixed;inset:0 auto auto 0;inline-size:0;block-size:0;z-index:2147483646;font:400 15px/1.4 system-ui,sans-serif;color-scheme:light dark}
*{box-sizing:border-box;font:inherit}
.frame{position:fixed;inset:0;border:3px solid #b3261e;pointer-events:none}
.frame.paused{border-color:#8a6d00;border-style:dashed}
.bar{position:fixed;inset-block-start:0;inset-inline:0;margin-inline:auto;inline-size:fit-content;max-inline-size:calc(100vw - 16px);display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;justify-content:center;padding:.4rem .8rem;border-radius:0 0 12px 12px;background:light-dark(#fff,#16201e);color:light-dark(#15211e,#e9f0ee);border:3px solid #b3261e;border-block-start:0;box-shadow:0 4px 18px #0005}
.bar p{margin:0;overflow-wrap:anywhere}
.bar small{flex-basis:100%;text-align:center;color:light-dark(#54625e,#a9b8b3)}
.ask{flex-basis:100%;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;justify-content:center;padding-block-start:.4rem;border-block-start:1px solid light-dark(#cfd8d5,#3a4a46)}
button{cursor:pointer;min-block-size:2.25rem;border:1px solid light-dark(#54625e,#a9b8b3);border-radius:10px;background:light-dark(#fff,#22302d);color:inherit;padding:.2rem .8rem}
button.stop{background:#b3261e;color:#fff;border-color:transparent;font-weight:600}
:focus-visible{outline:3px solid light-dark(#0b63ce,#8fc0ff);outline-offset:2px}
.layer{position:fixed;inset:0;pointer-events:none;overflow:hidden}
.pointer{position:absolute;inset:0 auto auto 0;transition:transform .08s linear;color:#0b63ce;display:flex;gap:2px}
.pointer svg{inline-size:22px;block-size:22px;filter:drop-shadow(0 1px 2px #0008)}
.pointer span{margin-block-start:16px;padding:0 .4rem;border-radius:6px;background:#0b63ce;color:#fff;font-size:12px;white-space:nowrap}
.ring{position:absolute;inline-size:44px;block-size:44px;margin:-22px;border:4px solid #0b63ce;border-radius:50%;animation:ring .7s ease-out forwards}
@keyframes ring{from{transform:scale(.2);opacity:1}to{transform:scale(1);opacity:0}}
.ink{position:absolute;inset:0;inline-size:100%;block-size:100%;overflow:visible}
.ink polyline{fill:none;stroke:#d0006f;stroke-width:5;stroke-linecap:round;stroke-linejoin:round;animation:fade 5s ease-in forwards}
@keyframes fade{0%,60%{opacity:1}to{opacity:0}}
@media (prefers-reduced-motion:reduce){.pointer{transition:none}.ring{animation-timing-function:steps(1)}}
@media (forced-colors:active){.bar,button{border:1px solid CanvasText}}
`;

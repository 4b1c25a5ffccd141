import type { DemoFile } from "../demo-file.ts";
import { demoPageStyle } from "../demo-page-style.ts";
import { people } from "../facts.ts";
import { escapeHtml } from "../page/escape-html.ts";
import { htmlPage } from "../page/html-page.ts";
import { rowsToTake } from "./permissions.ts";
import { type Scene, scenes } from "./scenes.ts";

const strings = {
	title: "Tour of Inlay",
	lead: "One scene per feature: set it, and look where it says.",
	places: "Keep these open in tabs beside this page:",
	crm: "the CRM as Anna",
	colleague: "the CRM as Ben",
	shop: "the customer page",
	home: "What runs here",
	first: "First:",
	permissions: "What an agent gets by permission",
	permissionsText:
		"Take one of the configuration guide’s permissions from Anna, and see what goes from her open panel. A call that she is in goes on.",
	permission: "Permission",
	take: "Take it from Anna",
	giveBack: "Give everything back",
	look: "Look:",
	lookPermissions: [
		"The control, tab or entry is gone from Anna’s panel within five seconds.",
		"Given back, it returns without a reload.",
	],
} as const;

const style = `${demoPageStyle}
.scenes{gap:1rem}
.scenes>li,.permissions{padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:16px;background:var(--card);box-shadow:var(--shadow)}
.scenes ul,.permissions ul{list-style:disc;padding-left:1.2rem;gap:.25rem;margin-top:.5rem}
form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin-top:.9rem}
label{display:grid;gap:.2rem;flex:1 1 16rem;min-width:0;font-weight:600}
select,button{font:inherit;min-height:2.75rem;padding:.4rem 1rem;border-radius:10px;max-width:100%}
select{width:100%;border:1px solid var(--muted);background:var(--page);color:var(--text)}
button{border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);font-weight:650;cursor:pointer}
button.quiet{background:transparent;color:var(--accent)}
.told{padding:.8rem 1.1rem;border-radius:12px;background:var(--soft);font-weight:600}`;

/** The page on which scenes are set. It runs no script: its buttons are forms. @param told what the last button has done */
export function tourPage(demo: DemoFile, told?: string): string {
	const main = `<h1>${strings.title}</h1>
<p class="lead">${strings.lead}</p>
<p>${strings.places} ${places(demo)}</p>
<div role="status">${told ? `<p class="told">${escapeHtml(told)}</p>` : ""}</div>
<ol class="scenes">${scenes.map(scene).join("")}</ol>
${permissions()}`;
	return htmlPage({ title: strings.title, style, main });
}

function places({ api, crm, customer }: DemoFile): string {
	const as = (username: string) => `${crm}/?as=${encodeURIComponent(username)}`;
	const links = [
		[as(people.agent.username), strings.crm],
		[as(people.agent2.username), strings.colleague],
		[`${customer}/`, strings.shop],
		[`${api}/`, strings.home],
	] as const;
	return `${links.map(([url, name]) => `<a href="${escapeHtml(url)}" target="_blank" rel="noopener">${name}</a>`).join(", ")}.`;
}

function scene({ id, title, first, button, look }: Scene): string {
	const act = button
		? `<form method="post" action="/tour/scenes/${id}"><button>${escapeHtml(button)}</button></form>`
		: "";
	return `<li id="${id}"><h2>${escapeHtml(title)}</h2>
${first ? `<p><b>${strings.first}</b> ${escapeHtml(first)}</p>` : ""}${act}
${looks(look)}</li>`;
}

function looks(look: readonly string[]): string {
	return `<p class="muted">${strings.look}</p><ul>${look.map((one) => `<li>${escapeHtml(one)}</li>`).join("")}</ul>`;
}

function permissions(): string {
	const options = rowsToTake().map(
		({ permission, effects }) =>
			`<option value="${escapeHtml(permission)}">${escapeHtml(permission)}: ${escapeHtml(effects.join("; "))}</option>`,
	);
	return `<section class="permissions" aria-labelledby="permissions"><h2 id="permissions">${strings.permissions}</h2>
<p>${strings.permissionsText}</p>
<form method="post" action="/tour/permissions"><label>${strings.permission}
<select name="permission">${options.join("")}</select></label>
<button>${strings.take}</button><button class="quiet" name="all" value="back">${strings.giveBack}</button></form>
${looks(strings.lookPermissions)}</section>`;
}

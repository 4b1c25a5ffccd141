import { asHtmlText } from "@inlay/contract/html-text";
import type { Whereabouts } from "../colleague/colleague.ts";
import type { DemoFile } from "../demo-file.ts";
import { demoPageStyle } from "../demo-page-style.ts";
import { people } from "../facts.ts";
import { htmlPage } from "../page/html-page.ts";
import { type PermissionRow, rowsToTake } from "./permissions.ts";
import { scenes } from "./scenes.ts";
import type { Scene } from "./stage.ts";

/** What stands now, and can be switched on the page. */
export interface TourState {
	ben: Whereabouts;
	/** Permissions that Anna does not have. */
	taken: ReadonlySet<string>;
}

/** What the last button has done, and in which part of the page it stands. */
export interface Told {
	at: string;
	text: string;
}

const strings = {
	title: "Tour of Inlay",
	lead: "One scene per feature: set it, and look where it says.",
	places: "Keep these open in tabs beside this page:",
	crm: "the CRM as Anna",
	colleague: "the CRM as Ben",
	shop: "the customer page",
	phone: "Carol’s phone",
	home: "What runs here",
	contents: "Scenes",
	first: "First:",
	permissions: "What an agent gets by permission",
	permissionsText:
		"Each row of the configuration guide’s table is a switch: what is off, Anna does not have. Watch her open panel. A call that she is in goes on.",
	giveBack: "Give everything back",
	look: "Look:",
	lookPermissions: [
		"The control, tab or entry is gone from Anna’s panel within five seconds.",
		"Given back, it returns without a reload.",
	],
	ben: "Ben, played",
	benText:
		"Who is alone on a machine has somebody to call, to consult and to hand over to. Ben signs in as anybody does, answers after three seconds and talks in tones of 880 Hz. When a person signs in as Ben, he leaves his place to them.",
	benStart: "Have him played",
	benStop: "Send him home",
} as const;

const style = `${demoPageStyle}
.scenes{gap:1rem}
.scenes>li,.permissions{padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:16px;background:var(--card);box-shadow:var(--shadow)}
.scenes li{overflow-wrap:anywhere}
.scenes ul,.permissions ul{list-style:disc;padding-left:1.2rem;gap:.25rem;margin-top:.5rem}
form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin-top:.9rem}
label{display:grid;gap:.2rem;flex:1 1 16rem;min-width:0;font-weight:600}
select,button{font:inherit;min-height:2.75rem;padding:.4rem 1rem;border-radius:10px;max-width:100%}
select{width:100%;border:1px solid var(--muted);background:var(--page);color:var(--text)}
button{border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);font-weight:650;cursor:pointer}
button.quiet{background:transparent;color:var(--accent)}
.contents{grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.3rem .9rem}
.switches{list-style:none!important;padding:0!important;gap:.5rem!important}
.switches form{margin:0;flex-wrap:nowrap;align-items:center}
.switches span{flex:1 1 auto;min-width:0;overflow-wrap:anywhere}
.switches small{display:block;color:var(--muted)}
button[role=switch]{flex:none;min-width:4.5rem}
button[role=switch][aria-checked=false]{background:transparent;color:var(--accent)}
.told{padding:.8rem 1.1rem;border-radius:12px;background:var(--soft);font-weight:600}`;

/** The page on which scenes are set. It runs no script: its buttons are forms. */
export function tourPage(demo: DemoFile, state: TourState, told?: Told): string {
	const main = `<h1>${strings.title}</h1>
<p class="lead">${strings.lead}</p>
<p>${strings.places} ${places(demo)}</p>
<nav aria-label="${strings.contents}"><ul class="contents">${contents()}</ul></nav>
${colleague(state, told)}
<ol class="scenes">${scenes.map((one) => scene(one, told)).join("")}</ol>
${permissions(state, told)}`;
	return htmlPage({ title: strings.title, style, main });
}

function contents(): string {
	const parts = [{ id: "ben", title: strings.ben }, ...scenes, { id: "permissions", title: strings.permissions }];
	return parts.map(({ id, title }) => `<li><a href="#${id}">${asHtmlText(title)}</a></li>`).join("");
}

/** What has happened is said where the button stands: the page that comes back shows that part. */
function toldAt(part: string, told: Told | undefined): string {
	return told?.at === part ? `<p class="told" role="status">${asHtmlText(told.text)}</p>` : "";
}

const whereBenIs: Record<Whereabouts, string> = {
	off: "He is not played now.",
	coming: "He is on his way.",
	there: "He is at his phone.",
	aside: "A person has signed in as Ben: he is not played until some seconds after they have left.",
	failed: "He could not sign in. The server’s log says why; it is tried again.",
};

function colleague({ ben }: TourState, told?: Told): string {
	const isOff = ben === "off";
	return `<section class="permissions" id="ben" aria-labelledby="ben-title"><h2 id="ben-title">${strings.ben}</h2>
<p>${strings.benText}</p><p><b>${whereBenIs[ben]}</b></p>${toldAt("ben", told)}
<form method="post" action="/tour/colleague#ben"><button name="played" value="${isOff ? "yes" : "no"}"${isOff ? "" : ' class="quiet"'}>${isOff ? strings.benStart : strings.benStop}</button></form></section>`;
}

function places({ api, crm, customer }: DemoFile): string {
	const as = (username: string) => `${crm}/?as=${encodeURIComponent(username)}`;
	const links = [
		[as(people.agent.username), strings.crm],
		[as(people.agent2.username), strings.colleague],
		[`${customer}/`, strings.shop],
		[`${api}/phone`, strings.phone],
		[`${api}/`, strings.home],
	] as const;
	return `${links.map(([url, name]) => `<a href="${asHtmlText(url)}" target="_blank" rel="noopener">${name}</a>`).join(", ")}.`;
}

function scene({ id, title, first, button, look }: Scene, told?: Told): string {
	const act = button
		? `<form method="post" action="/tour/scenes/${id}#${id}"><button>${asHtmlText(button)}</button></form>`
		: "";
	return `<li id="${id}"><h2>${asHtmlText(title)}</h2>
${first ? `<p><b>${strings.first}</b> ${asHtmlText(first)}</p>` : ""}${act}${toldAt(id, told)}
${looks(look)}</li>`;
}

function looks(look: readonly string[]): string {
	return `<p class="muted">${strings.look}</p><ul>${look.map((one) => `<li>${asHtmlText(one)}</li>`).join("")}</ul>`;
}

function permissions({ taken }: TourState, told?: Told): string {
	return `<section class="permissions" id="permissions" aria-labelledby="permissions-title"><h2 id="permissions-title">${strings.permissions}</h2>
<p>${strings.permissionsText}</p>${looks(strings.lookPermissions)}${toldAt("permissions", told)}
<form method="post" action="/tour/permissions#permissions"><button class="quiet" name="all" value="back">${strings.giveBack}</button></form>
<ul class="switches">${rowsToTake()
		.map((row) => permissionSwitch(row, taken))
		.join("")}</ul></section>`;
}

function permissionSwitch({ permission, label, effects }: PermissionRow, taken: ReadonlySet<string>): string {
	const isOn = !taken.has(permission);
	const id = permission.replaceAll(":", "-");
	return `<li><form method="post" action="/tour/permissions#permissions"><input type="hidden" name="permission" value="${asHtmlText(permission)}">
<span id="${id}"><b>${asHtmlText(label)}</b> <small>${asHtmlText(effects.join("; "))}</small></span>
<button role="switch" aria-checked="${isOn}" aria-labelledby="${id}" name="to" value="${isOn ? "off" : "on"}">${isOn ? "On" : "Off"}</button></form></li>`;
}

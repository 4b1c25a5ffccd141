import { asHtmlText } from "@inlay/contract/html-text";
import type { DemoFile } from "./demo-file.ts";
import { demoPageStyle } from "./demo-page-style.ts";
import { type DemoRole, numbersToTry, people, ringTimes } from "./facts.ts";
import { htmlPage } from "./page/html-page.ts";

const strings = {
	title: "Inlay is running",
	lead: "A contact center that lives inside your CRM, on this machine.",
	what: [
		"The demo CRM embeds Inlay’s agent client in its page, as your CRM would.",
		"On the customer page somebody presses Call; the call waits in a queue, rings an agent, and the caller’s contact opens.",
		"Everything in between, from sign-in to sound, is this server: nothing leaves your machine.",
	],
	tryTitle: "Try a call",
	steps: [
		["Open the CRM as Anna,", "continue as her in the panel at its side, and set her status to On Queue."],
		["Open the customer page", "beside it and press Call."],
		["Answer in the CRM,", "talk to yourself, hang up, choose a wrap-up code, and find the call on the contact."],
		["Click a number", "to call out: at Theo Farland’s, somebody who is simulated answers."],
	],
	tour: "The tour",
	tourText: "has a button for each feature that sets its scene and says where to look.",
	numbersTitle: "Numbers to try",
	numbersText: "Dial them in the panel; any other number answers as well. No call leaves this machine.",
	partsTitle: "What runs here",
	peopleTitle: "Sign in as",
	peopleText:
		"No password: open, then press Continue as … there. Each opens in a tab of its own, so two people can be signed in at once.",
	passwords: "Passwords, for the sign-in form and for tools, stand in",
	openCrm: "Open CRM",
	openAdmin: "Open admin",
} as const;

/** The page at the server's root: what runs, where, and who one can be. */
export function demoPage(demo: DemoFile): string {
	const main = `<header>
<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="11" fill="currentColor"/><path d="M13 12h14v5H22.5v6H27v5H13v-5h4.5v-6H13z" class="mark-i"/></svg>
<h1>${strings.title}</h1>
<p class="lead">${strings.lead}</p>
<p class="what">${strings.what.join(" ")}</p>
</header>
<section aria-labelledby="try">
<h2 id="try">${strings.tryTitle}</h2>
<ol class="steps">${steps(demo).join("")}</ol>
<p><a href="/tour">${strings.tour}</a> ${strings.tourText}</p>
</section>
<section aria-labelledby="numbers">
<h2 id="numbers">${strings.numbersTitle}</h2>
<p class="muted">${strings.numbersText}</p>
<ul class="numbers">${numbersToTry.map(({ number, text }) => `<li><b>${number}</b> ${text}</li>`).join("")}</ul>
<p class="muted">${ringTimes}</p>
</section>
<section aria-labelledby="people">
<h2 id="people">${strings.peopleTitle}</h2>
<p class="muted">${strings.peopleText}</p>
<ul class="people">${roles.map((role) => person(role, demo)).join("")}</ul>
<p class="muted small">${strings.passwords} <code>demo.json</code>.</p>
</section>
<section aria-labelledby="parts">
<h2 id="parts">${strings.partsTitle}</h2>
<ul class="parts">${parts(demo).map(part).join("")}</ul>
</section>`;
	return htmlPage({ title: strings.title, style: demoPageStyle, main });
}

const roles = Object.keys(people) as DemoRole[];

function steps(demo: DemoFile): string[] {
	const links = [asUser(demo, "agent"), `${demo.customer}/`];
	return strings.steps.map(([first, rest], index) => {
		const link = links[index];
		return `<li><span>${link ? `<a href="${asHtmlText(link)}" target="_blank" rel="noopener">${first}</a>` : `<b>${first}</b>`} ${rest}</span></li>`;
	});
}

/** Administrators work in the administration; everybody else in the CRM, which tells the panel who they are. */
function asUser({ crm, admin, users }: DemoFile, role: DemoRole): string {
	const { username } = users[role];
	if (role === "admin") return `${admin}/?login_hint=${encodeURIComponent(username)}`;
	return `${crm}/?as=${encodeURIComponent(username)}`;
}

function person(role: DemoRole, demo: DemoFile): string {
	const { name, about, username } = people[role];
	const initials = name.replace(/[^A-Z]/g, "");
	const action = role === "admin" ? strings.openAdmin : strings.openCrm;
	return `<li><a href="${asHtmlText(asUser(demo, role))}" target="_blank" rel="noopener" data-user="${username}">
<i class="face" aria-hidden="true">${initials}</i>
<span><b>${asHtmlText(name)}</b> <small>${asHtmlText(about.en)}</small></span>
<span class="go">${action} <span aria-hidden="true">→</span></span></a></li>`;
}

interface Part {
	name: string;
	text: string;
	url: string;
}

function parts(demo: DemoFile): Part[] {
	return [
		{ name: "Demo CRM", text: "Contacts, activities, and the agent client at its side.", url: `${demo.crm}/` },
		{ name: "Customer page", text: "A shop with a Call button.", url: `${demo.customer}/` },
		{ name: "Carol’s phone", text: "Texts that agents send, and a box to answer.", url: `${demo.api}/phone` },
		{
			name: "Administration",
			text: "Deployments, OAuth clients, people, roles, queues, campaigns, how people sign in, quality of calls.",
			url: `${demo.admin}/`,
		},
		{ name: "API", text: "Every operation, described by OpenAPI.", url: `${demo.api}/api/v2/docs` },
	];
}

function part({ name, text, url }: Part): string {
	return `<li><a href="${asHtmlText(url)}"><b>${name}</b><span>${text}</span><small>${shortAddress(url)}</small></a></li>`;
}

/** Without its scheme; may break behind a slash. */
function shortAddress(url: string): string {
	return asHtmlText(url.replace(/^https?:\/\//, "")).replaceAll("/", "/<wbr>");
}

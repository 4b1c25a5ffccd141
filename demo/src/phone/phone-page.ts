import { createHash } from "node:crypto";
import { asHtmlText } from "@inlay/contract/html-text";
import { demoPageStyle } from "../demo-page-style.ts";
import { simulatedPhone } from "../facts.ts";
import { htmlPage } from "../page/html-page.ts";
import type { OurNumber, PhoneText } from "./phone.ts";

/** What the page shows. */
export interface PhoneState {
	numbers: readonly OurNumber[];
	texts: readonly PhoneText[];
	/** Of the text that is written next: sent twice, it is one. */
	key: string;
	told?: string;
}

const strings = {
	title: `${simulatedPhone.owner}’s phone`,
	lead: `Simulated: ${simulatedPhone.number}. What agents send to it stands here, and you can answer as she would.`,
	texts: "Texts",
	none: "No text yet. Write one below: whoever is On Queue is offered it.",
	to: "To",
	text: "Text",
	send: "Send",
	mine: "Sent",
	theirs: "Received",
	noNumber: "There is no number for texts any more: add one in the administration, Messages, with simulated phones.",
	hints: [
		"STOP takes her out, START in again; HELP asks who you are. Within a sentence the words mean nothing.",
		"Agents write to any other number as well; those that end in 13 cannot be reached.",
	],
	home: "What runs here",
	tour: "The tour",
} as const;

const style = `${demoPageStyle}
.texts{gap:.5rem;max-width:34rem}
.texts li{max-width:85%;padding:.55rem .9rem;border-radius:16px;background:var(--card);border:1px solid var(--line);justify-self:start;
white-space:pre-wrap;overflow-wrap:anywhere}
.texts .mine{justify-self:end;background:var(--soft)}
.texts small{display:block;color:var(--muted);white-space:normal}
form{display:grid;gap:.6rem;max-width:34rem;margin-top:1.2rem}
label{display:grid;gap:.2rem;font-weight:600}
textarea,select,button{font:inherit;min-height:2.75rem;padding:.5rem .8rem;border-radius:10px;max-width:100%}
textarea,select{width:100%;border:1px solid var(--muted);background:var(--card);color:var(--text);font-weight:400}
button{justify-self:start;padding:.4rem 1.4rem;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);font-weight:650;cursor:pointer}
.told{padding:.8rem 1.1rem;border-radius:12px;background:var(--soft);font-weight:600}
.hints{list-style:disc;padding-left:1.2rem;gap:.25rem;max-width:34rem}`;

/** Looks every two seconds for what is new. What was being typed stays; nothing is drawn anew that has not changed. */
const script = `(() => {
	const list = document.getElementById("texts");
	let shown = list.innerHTML;
	setInterval(async () => {
		if (document.hidden) return;
		try {
			const answer = await fetch("/phone/texts", { cache: "no-store" });
			if (!answer.ok) return;
			const now = await answer.text();
			if (now === shown) return;
			shown = now;
			list.innerHTML = now;
		} catch {}
	}, 2000);
})();`;

/** The page's own script, and nothing else, runs. */
export const phonePolicy = [
	`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
	"connect-src 'self'",
];

/** The phone. All that people wrote is escaped. */
export function phonePage({ numbers, texts, key, told }: PhoneState): string {
	const main = `<h1>${strings.title}</h1>
<p class="lead">${asHtmlText(strings.lead)}</p>
<p><a href="/tour">${strings.tour}</a>, <a href="/">${strings.home}</a></p>
<section aria-labelledby="texts-title"><h2 id="texts-title">${strings.texts}</h2>
<div id="texts" role="log" aria-labelledby="texts-title">${textList(texts)}</div>
${told ? `<p class="told" role="status">${asHtmlText(told)}</p>` : ""}
${numbers.length === 0 ? `<p class="told">${strings.noNumber}</p>` : form(numbers, key)}
<ul class="hints muted">${strings.hints.map((one) => `<li>${asHtmlText(one)}</li>`).join("")}</ul>
</section>
<script>${script}</script>`;
	return htmlPage({ title: strings.title, style, main });
}

/** The part of the page that is read anew. */
export function textList(texts: readonly PhoneText[]): string {
	if (texts.length === 0) return `<p class="muted">${strings.none}</p>`;
	return `<ul class="texts">${texts.map(bubble).join("")}</ul>`;
}

function bubble({ our, text, isMine, at }: PhoneText): string {
	const who = `${isMine ? strings.mine : strings.theirs}, ${our}, ${at.toISOString().slice(11, 16)} UTC`;
	return `<li${isMine ? ' class="mine"' : ""}>${asHtmlText(text)}<small>${asHtmlText(who)}</small></li>`;
}

function form(numbers: readonly OurNumber[], key: string): string {
	const options = numbers.map(({ id, number }) => `<option value="${asHtmlText(id)}">${asHtmlText(number)}</option>`);
	return `<form method="post" action="/phone"><input type="hidden" name="key" value="${asHtmlText(key)}">
<label>${strings.to}<select name="to">${options.join("")}</select></label>
<label>${strings.text}<textarea name="text" rows="3" maxlength="1500" required></textarea></label>
<button>${strings.send}</button></form>`;
}

import { createHash } from "node:crypto";
import { asHtmlText } from "@inlay/contract/html-text";
import { demoPageStyle } from "../demo-page-style.ts";
import { mailing, simulatedMailbox } from "../facts.ts";
import { htmlPage } from "../page/html-page.ts";
import type { BoxMail } from "./mailbox.ts";

/** What the page shows. */
export interface MailboxState {
	mails: readonly BoxMail[];
	/** Our address; absent: there is none any more. */
	ours?: string | undefined;
	/** The mail that is answered. */
	answers?: BoxMail | undefined;
	/** Of the mail that is written next: sent twice, it is one. */
	key: string;
	told?: string;
}

const strings = {
	title: `${simulatedMailbox.owner}’s mailbox`,
	lead: `A mail server of this demo, with ${simulatedMailbox.address}: what agents write to it stands here, and you can answer as she would. All goes by SMTP.`,
	mails: "Emails",
	none: "No email yet. Write one below: whoever is On Queue is offered it.",
	to: "To",
	subject: "Subject",
	text: "Email",
	send: "Send",
	answer: "Answer",
	mine: "Sent",
	theirs: "Received",
	files: "Files",
	noAddress: "There is no address for emails any more: add one in the administration, Email.",
	hints: [
		"Agents may write to anybody else, too: all of it comes to this mailbox.",
		`To unknown@${simulatedMailbox.address.split("@")[1]} nothing can be sent: the agent is told why.`,
	],
	home: "What runs here",
	tour: "The tour",
} as const;

const style = `${demoPageStyle}
.mails{gap:.7rem;max-width:44rem}
.mails li{padding:.7rem 1rem;border-radius:12px;background:var(--card);border:1px solid var(--line);overflow-wrap:anywhere}
.mails .mine{background:var(--soft)}
.mails pre{font:inherit;white-space:pre-wrap;margin:.4rem 0}
.mails small{display:block;color:var(--muted)}
form{display:grid;gap:.6rem;max-width:44rem;margin-top:1.2rem}
label{display:grid;gap:.2rem;font-weight:600}
textarea,input,button{font:inherit;min-height:2.75rem;padding:.5rem .8rem;border-radius:10px;max-width:100%}
textarea,input{width:100%;border:1px solid var(--muted);background:var(--card);color:var(--text);font-weight:400}
button{justify-self:start;padding:.4rem 1.4rem;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);font-weight:650;cursor:pointer}
.told{padding:.8rem 1.1rem;border-radius:12px;background:var(--soft);font-weight:600}
.hints{list-style:disc;padding-left:1.2rem;gap:.25rem;max-width:44rem}`;

/** Looks every two seconds for what is new. What was being typed stays; nothing is drawn anew that has not changed. */
const script = `(() => {
	const list = document.getElementById("mails");
	let shown = list.innerHTML;
	setInterval(async () => {
		if (document.hidden) return;
		try {
			const answer = await fetch("/mailbox/mails", { cache: "no-store" });
			if (!answer.ok) return;
			const now = await answer.text();
			if (now === shown) return;
			shown = now;
			list.innerHTML = now;
		} catch {}
	}, 2000);
})();`;

/** The page's own script, and nothing else, runs. */
export const mailboxPolicy = [
	`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
	"connect-src 'self'",
];

/** The mailbox. All that people wrote is escaped. */
export function mailboxPage({ mails, ours, answers, key, told }: MailboxState): string {
	const main = `<h1>${strings.title}</h1>
<p class="lead">${asHtmlText(strings.lead)}</p>
<p><a href="/tour">${strings.tour}</a>, <a href="/">${strings.home}</a></p>
<section aria-labelledby="mails-title"><h2 id="mails-title">${strings.mails}</h2>
<div id="mails" role="log" aria-labelledby="mails-title">${mailList(mails)}</div>
${told ? `<p class="told" role="status">${asHtmlText(told)}</p>` : ""}
${ours === undefined ? `<p class="told">${strings.noAddress}</p>` : form(key, answers)}
<ul class="hints muted">${strings.hints.map((one) => `<li>${asHtmlText(one)}</li>`).join("")}</ul>
</section>
<script>${script}</script>`;
	return htmlPage({ title: strings.title, style, main });
}

/** The part of the page that is read anew. */
export function mailList(mails: readonly BoxMail[]): string {
	if (mails.length === 0) return `<p class="muted">${strings.none}</p>`;
	return `<ul class="mails">${mails.map(one).join("")}</ul>`;
}

function one({ id, isMine, their, subject, text, files, at }: BoxMail): string {
	const who = `${isMine ? strings.mine : strings.theirs}, ${their}, ${at.toISOString().slice(11, 16)} UTC`;
	const listed = files.length > 0 ? `<small>${strings.files}: ${asHtmlText(files.join(", "))}</small>` : "";
	const answer = isMine ? "" : `<a href="/mailbox?answers=${encodeURIComponent(id)}#write">${strings.answer}</a>`;
	return `<li${isMine ? ' class="mine"' : ""}><strong>${asHtmlText(subject)}</strong><small>${asHtmlText(who)}</small><pre>${asHtmlText(text)}</pre>${listed}${answer}</li>`;
}

function form(key: string, answers: BoxMail | undefined): string {
	const subject = answers ? `Re: ${answers.subject.replace(/^(?:re:\s*)+/i, "")}` : "";
	const hidden = answers ? `<input type="hidden" name="answers" value="${asHtmlText(answers.id)}">` : "";
	return `<form id="write" method="post" action="/mailbox"><input type="hidden" name="key" value="${asHtmlText(key)}">${hidden}
<p>${strings.to}: ${asHtmlText(mailing.address)}</p>
<label>${strings.subject}<input name="subject" maxlength="300" value="${asHtmlText(subject)}" required></label>
<label>${strings.text}<textarea name="text" rows="6" maxlength="20000" required></textarea></label>
<button>${strings.send}</button></form>`;
}

import { escapeHtml } from "./html.ts";
import { script } from "./script.ts";
import { fill, type SignInStrings } from "./strings.ts";
import { style } from "./style.ts";

/** A demo user as the page offers it. Its password stays on the server. */
export interface OfferedUser {
	name: string;
	role: string;
	username: string;
}

export interface SignInPage {
	strings: SignInStrings;
	clientName: string;
	/** Signed request; travels through the form. */
	ticket: string;
	username: string;
	/** What went wrong with the attempt before, as a sentence. */
	problem?: string;
	/** Empty where no demo runs. */
	demoUsers: readonly OfferedUser[];
	/** User name of the demo user to sign in without a click. */
	autoUser?: string;
}

/** The page on which a user types name and password. */
export function signInPage(page: SignInPage): string {
	const { strings } = page;
	return frame(
		strings,
		strings.signIn,
		`<h1>${escapeHtml(strings.signIn)}</h1>
<p class="muted">${escapeHtml(fill(strings.toContinue, { client: page.clientName }))}</p>
${page.problem ? `<p class="problem" role="alert" id="problem">${escapeHtml(page.problem)}</p>` : ""}
${credentialsForm(page)}
${page.demoUsers.length > 0 ? demoForm(page) : ""}`,
	);
}

/** A page that says one thing: why nobody can sign in, or that somebody is signed out. */
export function messagePage(strings: SignInStrings, title: string, text: string): string {
	return frame(strings, title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
}

/** The address is relative, so the page works behind any path prefix (platform-api 1.1). */
function credentialsForm({ strings, ticket, username, problem }: SignInPage): string {
	const described = problem ? ' aria-invalid="true" aria-describedby="problem"' : "";
	return `<form method="post" action="authorize">
<input type="hidden" name="ticket" value="${escapeHtml(ticket)}">
<div class="row"><label for="username">${escapeHtml(strings.username)}</label>
<input id="username" name="username" type="text" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" required${described}></div>
<div class="row secret"><label for="password">${escapeHtml(strings.password)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required${described}>
<button class="reveal" id="reveal" type="button" hidden aria-pressed="false" aria-controls="password" data-show="${escapeHtml(strings.showPassword)}" data-hide="${escapeHtml(strings.hidePassword)}">${escapeHtml(strings.showPassword)}</button></div>
<button class="main" id="submit" type="submit" data-busy="${escapeHtml(strings.busy)}">${escapeHtml(strings.submit)}</button>
</form>`;
}

function demoForm({ strings, ticket, demoUsers, autoUser }: SignInPage): string {
	const buttons = demoUsers.map((user) => demoButton(strings, user, user.username === autoUser));
	return `<section class="demo" aria-labelledby="demo"><h2 id="demo">${escapeHtml(strings.demoTitle)}</h2>
<form method="post" action="authorize">
<input type="hidden" name="ticket" value="${escapeHtml(ticket)}">
${buttons.join("\n")}
</form></section>`;
}

function demoButton(strings: SignInStrings, { name, role, username }: OfferedUser, auto: boolean): string {
	const initials = name
		.split(/\s+/)
		.map((word) => word.charAt(0))
		.slice(0, 2)
		.join("");
	const label = fill(strings.continueAs, { name });
	return `<button class="person" type="submit" name="demo" value="${escapeHtml(username)}"${auto ? " data-auto" : ""}>
<i class="face" aria-hidden="true">${escapeHtml(initials)}</i><span>${escapeHtml(label)}<small>${escapeHtml(role)}</small></span></button>`;
}

const mark = `<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="11" fill="currentColor"/><path d="M13 12h14v5H22.5v6H27v5H13v-5h4.5v-6H13z" fill="var(--on-accent)"/></svg>`;

function frame(strings: SignInStrings, title: string, content: string): string {
	return `<!doctype html>
<html lang="${strings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Inlay</title>
<style>${style}</style>
</head>
<body>
<main>
${mark}
${content}
</main>
<script>${script}</script>
</body>
</html>
`;
}

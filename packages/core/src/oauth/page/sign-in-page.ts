import { asHtmlText } from "@inlay/contract/html-text";
import { describedByProblem, form, type StepPage, secretField, stepPage } from "./frame.ts";
import { fill, type SignInStrings } from "./strings.ts";

/** A demo user as the page offers it. Its password stays on the server. */
export interface OfferedUser {
	name: string;
	role: string;
	username: string;
}

export interface SignInPage extends StepPage {
	username: string;
	/** Empty where no demo runs. */
	demoUsers: readonly OfferedUser[];
	/** Companies' identity providers, and where the way to each begins. */
	providers: readonly OfferedWay[];
	/** Passwords let only administrators in: the form is there, and not in the way. */
	passwordsOff: boolean;
}

/** A way to sign in that leads elsewhere. */
export interface OfferedWay {
	label: string;
	address: string;
}

/** The page on which a user types name and password. */
export function signInPage(page: SignInPage): string {
	const { strings } = page;
	const ways = page.providers.length > 0 ? providerLinks(strings, page.providers) : "";
	const byPassword = form(page, credentials(page), strings.submit, !page.passwordsOff);
	const parts = page.passwordsOff ? [ways, aside(strings, byPassword, page.problem !== undefined)] : [byPassword, ways];
	const content = [...parts, page.demoUsers.length > 0 ? demoForm(page) : ""].join("\n");
	return stepPage(page, strings.signIn, strings.toContinue, content);
}

/** In a frame the script opens a window of its own for it, as providers refuse to be framed. */
export function providerLinks(strings: SignInStrings, ways: readonly OfferedWay[]): string {
	const links = ways.map(
		({ label, address }) =>
			`<a class="main way" href="${asHtmlText(address)}">${asHtmlText(fill(strings.continueWith, { name: label }))}</a>`,
	);
	return `<div class="ways" data-waiting="${asHtmlText(strings.windowOpened)}" data-blocked="${asHtmlText(strings.windowBlocked)}" data-closed="${asHtmlText(strings.windowClosed)}">
${links.join("\n")}
<p class="muted" id="window" role="status"></p></div>`;
}

function aside(strings: SignInStrings, form: string, isOpen: boolean): string {
	return `<details class="other"${isOpen ? " open" : ""}><summary>${asHtmlText(strings.withPassword)}</summary>
<p class="muted">${asHtmlText(strings.passwordsOff)}</p>
${form}</details>`;
}

function credentials(page: SignInPage): string {
	const { strings, username } = page;
	const described = describedByProblem(page);
	const password = secretField(page, {
		name: "password",
		label: strings.password,
		autocomplete: "current-password",
		described,
	});
	return `<div class="row"><label for="username">${asHtmlText(strings.username)}</label>
<input id="username" name="username" type="text" value="${asHtmlText(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" required${described}></div>
${password}`;
}

function demoForm({ strings, ticket, demoUsers }: SignInPage): string {
	const buttons = demoUsers.map((user) => demoButton(strings, user));
	return `<section class="demo" aria-labelledby="demo"><h2 id="demo">${asHtmlText(strings.demoTitle)}</h2>
<form method="post" action="authorize">
<input type="hidden" name="ticket" value="${asHtmlText(ticket)}">
${buttons.join("\n")}
</form></section>`;
}

function demoButton(strings: SignInStrings, { name, role, username }: OfferedUser): string {
	const initials = name
		.split(/\s+/)
		.map((word) => word.charAt(0))
		.slice(0, 2)
		.join("");
	const label = fill(strings.continueAs, { name });
	return `<button class="person" type="submit" name="demo" value="${asHtmlText(username)}">
<i class="face" aria-hidden="true">${asHtmlText(initials)}</i><span>${asHtmlText(label)}<small>${asHtmlText(role)}</small></span></button>`;
}

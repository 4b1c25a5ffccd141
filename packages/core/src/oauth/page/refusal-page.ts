import { asHtmlText } from "@inlay/contract/html-text";
import type { Refusal } from "../../kernel/http/route.ts";
import { frame } from "./frame.ts";
import { fill, type SignInStrings, spokenTime } from "./strings.ts";

/** What of a form is kept for another try: never the password. */
export interface KeptForm {
	ticket: string;
	username: string;
}

/** The page for a person where the server could not answer: what is the matter, and a button that tries again. */
export function refusalPage(strings: SignInStrings, refusal: Refusal, kept?: KeptForm): string {
	const content = `<h1>${asHtmlText(strings.notNow)}</h1>
<p role="alert">${asHtmlText(textOf(strings, refusal))}</p>
${kept ? formAgain(strings, kept) : `<p><a class="main" id="submit" href="">${asHtmlText(strings.tryAgain)}</a></p>`}`;
	return frame(strings, strings.notNow, content);
}

/** Asks for the page on which the form was, once the server answers again. */
function formAgain(strings: SignInStrings, { ticket, username }: KeptForm): string {
	return `<form method="post" action="authorize">
<input type="hidden" name="ticket" value="${asHtmlText(ticket)}">
<input type="hidden" name="username" value="${asHtmlText(username)}">
<input type="hidden" name="again" value="1">
<button class="main" id="submit" type="submit" data-busy="${asHtmlText(strings.busy)}">${asHtmlText(strings.tryAgain)}</button>
</form>`;
}

function textOf(strings: SignInStrings, { status, retryAfter, contextId }: Refusal): string {
	if (status === 503) return strings.notNowData;
	if (status === 429) return fill(strings.notNowMany, { time: spokenTime(retryAfter ?? 60, strings.language) });
	return fill(strings.notNowOther, { id: contextId });
}

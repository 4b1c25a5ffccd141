import { asHtmlText } from "@inlay/contract/html-text";
import { frame, type StepPage, stepPage } from "./frame.ts";
import { type OfferedWay, providerLinks } from "./sign-in-page.ts";
import { fill, type SignInStrings } from "./strings.ts";

/** In a frame: the provider opens in a window of its own, by a click. */
export function goOnPage(page: Omit<StepPage, "ticket"> & { way: OfferedWay }): string {
	const { strings, way } = page;
	return stepPage({ ...page, ticket: "" }, strings.signIn, strings.toContinue, providerLinks(strings, [way]));
}

/**
 * In the window: the frame that has opened it goes on with what came of the sign-in, whatever that is, and the window closes.
 * Where no frame takes it, the page says so, as nobody is signed in then.
 */
export function handOverPage(strings: SignInStrings, location: string): string {
	const refusal = refusalIn(location);
	const title = refusal === undefined ? strings.signIn : strings.cannotSignIn;
	const texts = `data-done="${asHtmlText(strings.handedOver)}" data-lost="${asHtmlText(strings.windowLost)}"`;
	const content = `<h1>${asHtmlText(title)}</h1>
${refusal ? `<p class="problem" role="alert" id="problem" lang="en">${asHtmlText(refusal)}</p>` : ""}
<p role="status" id="handed" data-hand-over="${asHtmlText(location)}" ${texts}></p>`;
	return frame(strings, title, content);
}

/** What the client is told, in English as it is; undefined where somebody is let in. */
function refusalIn(location: string): string | undefined {
	const { search, hash } = new URL(location);
	const told = [new URLSearchParams(hash.slice(1)), new URLSearchParams(search)].find((one) => one.has("error"));
	return told && (told.get("error_description") ?? "");
}

/** Why a provider's word lets nobody in. @param again where it begins anew, if that is known */
export function refusedPage(strings: SignInStrings, text: string, again: string | undefined): string {
	const link = again
		? `<p class="again"><a class="main" href="${asHtmlText(again)}">${asHtmlText(strings.tryAgain)}</a></p>`
		: "";
	const content = `<h1>${asHtmlText(strings.cannotSignIn)}</h1>
<p role="alert" id="problem">${asHtmlText(text)}</p>
${link}`;
	return frame(strings, strings.cannotSignIn, content);
}

/** What an administrator sees who tries a provider. */
export interface TrialFacts {
	provider: { label: string };
	claims: Readonly<Record<string, unknown>>;
	account?: { name: string; email: string };
	isNew: boolean;
	gains: readonly string[];
	/** Why nobody would be let in, as a sentence. */
	refusal?: string;
	detail?: string;
}

/** What a provider has told, and what would come of it. */
export function trialPage(strings: SignInStrings, facts: TrialFacts): string {
	const title = fill(strings.trialTitle, { name: facts.provider.label });
	const gains = facts.gains.length > 0 ? facts.gains.join(", ") : strings.trialNothing;
	const content = `<h1>${asHtmlText(title)}</h1>
<p class="muted">${asHtmlText(strings.trialLead)}</p>
${facts.refusal ? `<p class="problem" role="alert" id="problem">${asHtmlText(facts.refusal)}${facts.detail ? ` (${asHtmlText(facts.detail)})` : ""}</p>` : ""}
<ul class="facts">
${accountFact(strings, facts)}
<li><strong>${asHtmlText(strings.trialGains)}</strong> ${asHtmlText(gains)}</li>
</ul>
<h2>${asHtmlText(strings.trialClaims)}</h2>
<pre class="told" tabindex="0">${asHtmlText(JSON.stringify(facts.claims, null, 2))}</pre>`;
	return frame(strings, title, content);
}

function accountFact(strings: SignInStrings, { account, isNew }: TrialFacts): string {
	if (!account && !isNew) return "";
	const whose = account ? `${account.name} (${account.email})` : strings.trialNew;
	return `<li><strong>${asHtmlText(strings.trialAccount)}</strong> ${asHtmlText(whose)}</li>`;
}

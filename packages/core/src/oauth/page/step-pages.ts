import { asHtmlText } from "@inlay/contract/html-text";
import { describedByProblem, form, type StepPage, secretField, stepPage } from "./frame.ts";
import { fill, type SignInStrings } from "./strings.ts";

/** Pages after the password: the second factor's code, a new password, setting a second factor up. */

export interface LaterPage extends StepPage {
	/** Where the sign-in begins anew, for somebody else. */
	startAgain: string;
}

/** Asks for the code of the second factor, or a recovery code. */
export function codePage(page: LaterPage & { recovery: boolean }): string {
	const { strings } = page;
	const described = describedByProblem(page);
	const recovery = `<div class="row"><label for="recovery">${asHtmlText(strings.recoveryCode)}</label>
<input id="recovery" name="code" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="40" required${page.recovery ? described : ""}></div>`;
	return stepPage(
		page,
		strings.codeTitle,
		strings.codeLead,
		`${form(page, codeField(strings, page.recovery ? "" : described))}
<details class="other"${page.recovery ? " open" : ""}><summary>${asHtmlText(strings.noApp)}</summary>
<p class="muted">${asHtmlText(strings.recoveryHint)}</p>
${form(page, recovery, strings.useRecoveryCode, false)}
</details>
${again(page)}`,
	);
}

export interface PasswordPage extends LaterPage {
	username: string;
	/** What the organization asks of a password, one sentence each. */
	requirements: readonly string[];
}

/** Asks for another password, because the one that was given may open nothing else any more. */
export function passwordPage(page: PasswordPage): string {
	const { strings, username, requirements } = page;
	const described = ` aria-describedby="rules${page.problem ? " problem" : ""}"${page.problem ? ' aria-invalid="true"' : ""}`;
	const rules = requirements.map((rule) => `<li>${asHtmlText(rule)}</li>`).join("");
	const field = secretField(page, {
		name: "newPassword",
		label: strings.newPassword,
		autocomplete: "new-password",
		described,
	});
	return stepPage(
		page,
		strings.newPasswordTitle,
		strings.newPasswordLead,
		`${form(
			page,
			`<div class="row"><label for="username">${asHtmlText(strings.username)}</label>
<input id="username" type="text" value="${asHtmlText(username)}" autocomplete="username" readonly></div>
${field}
<ul class="rules" id="rules">${rules}</ul>`,
			strings.saveAndGoOn,
		)}
${again(page)}`,
	);
}

/** Sets an authenticator app up, where the organization asks for a second factor. */
export function enrolPage(page: LaterPage & { picture: string; secret: string }): string {
	const { strings, picture, secret } = page;
	return stepPage(
		page,
		strings.enrolTitle,
		strings.enrolLead,
		`<ol class="steps"><li>${asHtmlText(strings.enrolScan)}
<div class="picture" role="img" aria-label="${asHtmlText(strings.pictureOf)}">${picture}</div>
<details><summary>${asHtmlText(strings.cannotScan)}</summary><p class="muted">${asHtmlText(strings.typeKey)}</p>
<p class="key">${asHtmlText(secret.replace(/(.{4})(?=.)/g, "$1 "))}</p></details></li>
<li>${asHtmlText(strings.enrolType)}</li></ol>
${form(page, codeField(strings, describedByProblem(page)))}
${again(page)}`,
	);
}

/** Shows the recovery codes, this once. */
export function recoveryCodesPage(page: StepPage & { codes: readonly string[] }): string {
	const { strings, codes } = page;
	const list = codes.map((code) => `<li>${asHtmlText(code)}</li>`).join("");
	return stepPage(
		page,
		strings.recoveryTitle,
		strings.recoveryLead,
		`<ul class="codes" tabindex="0" aria-label="${asHtmlText(strings.recoveryTitle)}">${list}</ul>
${form(page, "", strings.keptThem)}`,
	);
}

function codeField(strings: SignInStrings, described: string): string {
	return `<div class="row"><label for="code">${asHtmlText(strings.code)}</label>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required${described}></div>`;
}

function again({ strings, startAgain }: LaterPage): string {
	return `<p class="again"><a href="${asHtmlText(startAgain)}">${asHtmlText(fill(strings.startAgain, {}))}</a></p>`;
}

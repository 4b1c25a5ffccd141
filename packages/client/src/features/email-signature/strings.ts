import { catalogue, textOf } from "@inlay/ui";

export const signatureTexts = catalogue("email-signature", {
	title: "Email signature",
	own: "Your signature",
	hint: "Stands under your emails, where your organization lets agents have their own. {names} are filled in.",
	save: "Save",
	saved: "Your signature is saved.",
	failed: "Your signature did not load.",
});

export const t = textOf(signatureTexts);

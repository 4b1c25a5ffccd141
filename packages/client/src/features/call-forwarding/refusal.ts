import type { Problem } from "./forwarding-form.ts";
import { forwardingTexts, t } from "./strings.ts";

/** Why something is no target, in the reader's language: by the server's reason, or by its code where that is not known. */
export function refusalOf({ code, params, text }: Problem, show: (number: string) => string): string {
	const key = `refused_${params.reason ?? ""}`;
	if (isText(key)) return t(key, { number: show(params.number ?? "") });
	return isText(code) ? t(code) : text;
}

function isText(key: string): key is keyof typeof forwardingTexts.en {
	return Object.hasOwn(forwardingTexts.en, key);
}

import { browserTexts, sharedByBrowsers } from "@inlay/contract/health/browser-texts";
import { catalogue, textOf } from "@inlay/ui";
import type { SelfFinding } from "./checks.ts";

const t = textOf(catalogue("findings", { ...browserTexts }));
type Key = keyof typeof browserTexts;

/** Cause and cure in the language on the screen. */
export function sentencesOf({ code, values }: SelfFinding): { cause: string; cure: string } {
	const cure = `${code}.cure`;
	const shared = cure in sharedByBrowsers ? sharedByBrowsers[cure as keyof typeof sharedByBrowsers] : cure;
	return { cause: t(`${code}.cause` as Key, values), cure: t(shared as Key, values) };
}

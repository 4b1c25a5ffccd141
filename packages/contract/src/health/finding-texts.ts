import { browserTexts } from "./browser-texts.ts";
import { organizationTexts } from "./organization-texts.ts";

/** The sentences of all codes: `<code>.cause` (with variants in between) and `<code>.cure`, filled by a finding's values. */
export const findingTexts = { ...organizationTexts, ...browserTexts } as const;

export type FindingTextKey = keyof typeof findingTexts;

/** The keys of a finding's two sentences. */
export function textKeysOf(finding: { code: string; cause: { say: string } }): {
	cause: FindingTextKey;
	cure: FindingTextKey;
} {
	return { cause: finding.cause.say as FindingTextKey, cure: `${finding.code}.cure` as FindingTextKey };
}

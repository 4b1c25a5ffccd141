import type { Finding } from "@inlay/contract/health/finding";
import { type FindingTextKey, findingTexts, textKeysOf } from "@inlay/contract/health/finding-texts";
import { catalogue, textOf } from "@inlay/ui";

const t = textOf(catalogue<FindingTextKey>("findings", { ...findingTexts }));

/** Cause and cure in the language on the screen; a code of a newer server stands for itself. */
export function sentencesOf(finding: Pick<Finding, "code" | "cause">): { cause: string; cure: string } {
	const { cause, cure } = textKeysOf(finding);
	const say = (key: FindingTextKey) => (key in findingTexts ? t(key, { ...finding.cause.values }) : finding.code);
	return { cause: say(cause), cure: say(cure) };
}

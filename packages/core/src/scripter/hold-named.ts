import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import type { Trx } from "../kernel/database/database.ts";
import type { Referable } from "../kernel/database/references.ts";
import { badField } from "../kernel/http/api-error.ts";
import { referredQueues } from "../routing/queue-store.ts";
import { referredCodes } from "../routing/wrapup-store.ts";
import { livingUsers } from "../users/store.ts";
import { referredServices } from "../web-services/store.ts";
import { type NamedInScript, namesIn } from "./names-in.ts";

const kinds: readonly { of: keyof NamedInScript; what: string; referred: Referable }[] = [
	{ of: "queue", what: "queue", referred: referredQueues },
	{ of: "user", what: "user", referred: livingUsers },
	{ of: "wrapupCode", what: "wrap-up code", referred: referredCodes },
	{ of: "services", what: "web service", referred: referredServices },
];

/**
 * What a document names beyond the one of before is held: whoever deletes it at the same moment waits; or was first, and it is
 * refused. After that a queue and a web service are deleted by name only; people and wrap-up codes go, whatever scripts say: a draft
 * that names one is still saved, so that it can be mended step by step, and published no more.
 * @throws ApiError 400 for what there is not
 */
export async function holdNamed(trx: Trx, now: ScriptDocument, before?: ScriptDocument): Promise<void> {
	const names = namesIn(now);
	const known = before && namesIn(before);
	for (const { of, what, referred } of kinds) {
		const named = names[of].filter((id) => !known?.[of].includes(id));
		const standing = await referred.hold(trx, named);
		const gone = named.find((id) => !standing.has(id));
		if (gone !== undefined) throw badField("document", `document: no ${what} with id ${gone}.`);
	}
}

import { browserTexts, sharedByBrowsers } from "./browser-texts.ts";
import type { Finding } from "./finding.ts";
import { organizationTexts } from "./organization-texts.ts";

/** The sentences of all codes: `<code>.cause` (with variants in between) and `<code>.cure`, filled by a finding's values. */
export const findingTexts = { ...organizationTexts, ...browserTexts } as const;

export type FindingTextKey = keyof typeof findingTexts;

/** Sentences that several codes have in common. */
const shared: Readonly<Record<string, FindingTextKey>> = {
	"script.doubt.cause": "script.fault.cause",
	"script.doubt.staged.cause": "script.fault.staged.cause",
	"script.call.refused.staged.cause": "script.fault.staged.cause",
	"script.call.refused.cause": "script.fault.cause",
	"client.unknown.beside.staged.cause": "client.unknown.staged.cause",
	"client.unknown.beside.cure": "client.unknown.cure",
	"client.not.ready.state.cure": "client.inactive.cure",
	"client.not.ready.authorization.cause": "client.not.ready.cause",
	"client.not.ready.authorization.cure": "client.unauthorized.cure",
	"client.not.ready.grant.cure": "client.wrong.grant.cure",
	"client.not.ready.redirectUris.cure": "client.without.redirect.cure",
	"client.not.ready.scopes.cure": "client.without.scopes.cure",
	"client.not.ready.lifetime.cure": "client.lifetime.cure",
	"client.not.ready.unknown.cure": "client.unknown.cure",
	"client.not.ready.state.cause": "client.not.ready.cause",
	"client.not.ready.grant.cause": "client.not.ready.cause",
	"client.not.ready.redirectUris.cause": "client.not.ready.cause",
	"client.not.ready.lifetime.cause": "client.not.ready.cause",
	"deployment.inactive.unready.cause": "deployment.inactive.cause",
	"utilization.closed.cause": "utilization.closed.call.cause",
	"client.without.window.cure": "client.without.redirect.cure",
	"client.short.cure": "client.lifetime.cure",
	"script.doubt.cure": "script.fault.cure",
	"script.call.refused.cure": "script.fault.cure",
	"server.disk.low.cure": "server.disk.full.cure",
	"server.messages.failing.cure": "server.mail.failing.cure",
	"server.url.other.cure": "server.url.unreachable.cure",
	"server.panel.other.cure": "server.panel.unreachable.cure",
	"server.certificate.ending.cure": "server.certificate.invalid.cure",
	"deployment.full.cure": "deployment.limit.cure",
	...sharedByBrowsers,
};

const keyOf = (name: string) => shared[name] ?? (name as FindingTextKey);

/** The keys of a finding's two sentences: a variant of a cause may have a cure of its own. */
export function textKeysOf(finding: Pick<Finding, "code" | "cause">): { cause: FindingTextKey; cure: FindingTextKey } {
	const own = keyOf(finding.cause.say.replace(/cause$/, "cure"));
	const cure = Object.hasOwn(findingTexts, own) && own.endsWith(".cure") ? own : keyOf(`${finding.code}.cure`);
	return { cause: keyOf(finding.cause.say), cure };
}

import type { NamedFacts, OrganizationFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { finding, namesOf, thingOf } from "./make-finding.ts";

const organization = { kind: "organization" as const, name: "" };

/** Callers are spoken to in a language that they may not understand (the server's own voice has one). */
export function voiceFindings({ englishVoice }: OrganizationFacts): Finding[] {
	if (!englishVoice) return [];
	const { language, queues, policies, campaigns } = englishVoice;
	const told = queues.map((queue) => {
		const values = { queue: queue.name, language };
		return finding("voice.english", thingOf("queue", queue), { values, field: "tellCallers" });
	});
	return [...told, ...namedTogether("consent", policies, language), ...namedTogether("campaign", campaigns, language)];
}

function namedTogether(kind: string, things: readonly NamedFacts[], language: string): Finding[] {
	if (things.length === 0) return [];
	const values = { names: namesOf(things), language };
	return [finding("voice.english", organization, { kind, values, count: things.length })];
}

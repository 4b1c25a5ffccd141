import type { Participant } from "../model.ts";

/** What is told of a participant wherever their part in something stands directly on them (platform-api 5.1). */
export function partyFacts({
	id,
	name,
	purpose,
	address,
	startTime,
	endTime,
	userId,
	queueId,
	attributes,
}: Participant) {
	return {
		id,
		...(name ? { name } : {}),
		purpose,
		...(address ? { address } : {}),
		startTime,
		...(endTime ? { endTime } : {}),
		...(userId ? { user: { id: userId } } : {}),
		...(queueId ? { queue: { id: queueId } } : {}),
		attributes,
	};
}

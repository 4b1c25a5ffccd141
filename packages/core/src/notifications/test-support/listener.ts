import { randomUUID } from "node:crypto";
import type { NewEvent } from "../../kernel/events/event-log.ts";
import type { NotificationFrame, Transport } from "../session.ts";

/** A transport that keeps what it is given. */
export interface Listener extends Transport {
	frames: NotificationFrame[];
	closed: { code: number; reason: string } | undefined;
}

export function listener(): Listener {
	return {
		frames: [],
		closed: undefined,
		send(frame) {
			if (this.closed) return false;
			this.frames.push(frame);
			return true;
		},
		close(code, reason) {
			this.closed ??= { code, reason };
		},
	};
}

/** What frames say, for those made by `note`. */
export function notes(frames: readonly NotificationFrame[]): unknown[] {
	return frames.flatMap(({ eventBody }) => {
		const { note } = eventBody as { note?: unknown };
		return note === undefined ? [] : [note];
	});
}

/** An event that tells a note under some topics. */
export function note(topics: string[], text: unknown): NewEvent {
	return {
		type: "test.noted",
		entityType: "test",
		entityId: randomUUID(),
		announcements: [{ topics, eventBody: { note: text } }],
	};
}

import type { MessageStatus } from "../conversations/message/model.ts";

const ranks: Readonly<Record<MessageStatus, number>> = {
	queued: 0,
	sent: 1,
	"delivery-failed": 2,
	"delivery-success": 3,
	read: 4,
	failed: 5,
	received: 5,
};

/** Whether a message that is in one state can come into another: a later receipt never lowers an earlier one. */
export function isLater(from: MessageStatus, to: MessageStatus): boolean {
	return ranks[to] > ranks[from];
}

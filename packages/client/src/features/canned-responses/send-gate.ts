import { placeholdersIn } from "@inlay/contract/responses";
import { signal } from "@preact/signals";

/** Stands before sending, as long as responses are offered: what is still to be filled in is asked about first. */
export class SendGate {
	/** Sends it all the same. */
	readonly asked = signal<(() => void) | undefined>(undefined);
	/** Responses are offered here; elsewhere braces are but braces. */
	isOpen = false;

	/** True where it asks first; `send` follows when the agent says so. */
	holds(text: string, send: () => void): boolean {
		if (!this.isOpen || placeholdersIn(text).length === 0) return false;
		this.asked.value = send;
		return true;
	}
}

import type { Conversation, QueueFacts } from "../../model.ts";
import type { Life } from "../../transitions/context.ts";
import { type Preferred, waitFor } from "../../written/enter.ts";
import { bringCustomer } from "./customer.ts";

/** The customer waits in a queue, again where the exchange had ended. */
export function enter(draft: Conversation, queue: QueueFacts, preferred: Preferred | undefined, life: Life): void {
	bringCustomer(draft, life);
	waitFor(draft, queue, preferred, life);
}

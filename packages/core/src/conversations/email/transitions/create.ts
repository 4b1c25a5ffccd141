import type { Conversation } from "../../model.ts";
import type { TransitionContext } from "../../transitions/context.ts";
import { type NewWritten, written } from "../../written/create.ts";
import { type EmailFacts, emailParts } from "../model.ts";

export interface NewEmail extends Pick<NewWritten, "direction" | "name" | "externalContactId" | "attributes"> {
	facts: EmailFacts;
	subject: string;
	divisionId: string;
	priority?: number;
	/** What is asked of who answers. */
	skillIds?: string[];
	languageId?: string;
}

/** An email conversation with its customer; who answers, or writes to them, comes next. */
export function email(wish: NewEmail, context: TransitionContext): Conversation {
	const { facts, subject, priority = 0, skillIds, languageId, ...rest } = wish;
	const { our, their } = facts;
	const routing = { ...(skillIds?.length ? { skillIds } : {}), ...(languageId ? { languageId } : {}) };
	const internal = { email: facts, priority, routing };
	return written(
		{ ...rest, our, their, part: { subject }, provider: "PureCloud Email", internal },
		emailParts,
		context,
	);
}

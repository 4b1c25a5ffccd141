import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Task } from "../session/load.ts";
import type { Loss } from "../session/losses.ts";
import { Affected } from "./affected.tsx";
import { Confirm } from "./parts.tsx";
import { t } from "./strings.ts";

/** What a form needs to ask before it is saved. */
export interface LossQuestion<Code extends string> {
	/** Absent while nothing is asked. */
	asked: ReadonlyArray<Loss<Code>> | undefined;
	/** Saves what takes nothing from anybody at once, and asks about the rest. */
	send: () => Promise<void>;
	confirm: () => Promise<void>;
	close: () => void;
}

/**
 * Every form that can take the panel or the sign-in from somebody is sent by way of this: the model says what a save takes,
 * and the person at the screen is asked once, with all of it in one question.
 *
 * @param losses may look first what others have done since the page was read; undefined where nothing is to be saved: the
 *   page says why by itself
 */
export function useLossQuestion<Code extends string>(
	losses: () => ReadonlyArray<Loss<Code>> | Promise<ReadonlyArray<Loss<Code>> | undefined>,
	save: () => Promise<unknown>,
): LossQuestion<Code> {
	const [asked, setAsked] = useState<ReadonlyArray<Loss<Code>> | undefined>(undefined);
	const close = () => setAsked(undefined);
	return {
		asked,
		close,
		send: async () => {
			const found = await losses();
			if (found === undefined) return;
			if (found.length > 0) setAsked(found);
			else await save();
		},
		confirm: async () => {
			await save();
			close();
		},
	};
}

/** The question itself; nothing while nothing is asked. */
export function LossDialog<Code extends string>({
	question,
	say,
	task,
	title,
	text,
	action,
	children,
}: {
	question: LossQuestion<Code>;
	say: (code: Code) => string;
	task: Task;
	title?: string;
	text?: string;
	action?: string;
	/** Who is affected. */
	children?: ComponentChildren;
}) {
	if (!question.asked) return null;
	return (
		<Confirm
			title={title ?? t("lossTitle")}
			text={text ?? t("lossText")}
			action={action ?? t("save")}
			task={task}
			onClose={question.close}
			onConfirm={() => void question.confirm()}
		>
			{question.asked.map(({ code, names }) =>
				names.length > 0 ? <Affected key={code} title={say(code)} names={names} /> : <p key={code}>{say(code)}</p>,
			)}
			{children}
		</Confirm>
	);
}

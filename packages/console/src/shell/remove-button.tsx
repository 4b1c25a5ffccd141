import { Button } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Task } from "../session/load.ts";
import { Confirm } from "./parts.tsx";
import { t } from "./strings.ts";

/** Deletes what its screen is about, after a question. */
export function RemoveButton(props: {
	/** What stands on the button. */
	label: string;
	title: string;
	/** What stands on the question's button; that it is deleted otherwise. */
	action?: string;
	text: string;
	task: Task;
	onConfirm: () => void;
	/** Who and what is affected. */
	children?: ComponentChildren;
}) {
	const { label, title, action = t("delete"), text, task, onConfirm, children } = props;
	const [asking, setAsking] = useState(false);
	return (
		<>
			<Button icon="trash" onClick={() => setAsking(true)}>
				{label}
			</Button>
			{asking && (
				<Confirm
					title={title}
					text={text}
					action={action}
					task={task}
					onClose={() => setAsking(false)}
					onConfirm={onConfirm}
				>
					{children}
				</Confirm>
			)}
		</>
	);
}

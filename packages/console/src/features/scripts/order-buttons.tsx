import { IconButton } from "@inlay/ui";
import { useState } from "preact/hooks";
import { Task } from "../../session/load.ts";
import { Confirm } from "../../shell/parts.tsx";
import { moved } from "./edit-document.ts";
import { t } from "./strings.ts";

interface Props<T> {
	list: readonly T[];
	at: number;
	/** What the thing is called. */
	name: string;
	/** Names of what refers to it: then it is asked before it goes. */
	usedBy?: readonly string[];
	/** One at least stays. */
	keepsOne?: boolean;
	onChange: (list: T[]) => void;
}

/** Up, down and away, for one of a list. */
export function OrderButtons<T>({ list, at, name, usedBy = [], keepsOne = false, onChange }: Props<T>) {
	const [asking, setAsking] = useState(false);
	const takeOut = () => onChange(list.toSpliced(at, 1));
	return (
		<div class="script-order">
			<IconButton
				icon="up"
				size="small"
				label={t("up", { name })}
				aria-disabled={at === 0}
				onClick={() => onChange(moved(list, at, -1))}
			/>
			<IconButton
				icon="down"
				size="small"
				label={t("down", { name })}
				aria-disabled={at === list.length - 1}
				onClick={() => onChange(moved(list, at, 1))}
			/>
			{!(keepsOne && list.length === 1) && (
				<IconButton
					icon="trash"
					size="small"
					label={t("takeOut", { name })}
					onClick={() => (usedBy.length > 0 ? setAsking(true) : takeOut())}
				/>
			)}
			{asking && (
				<Confirm
					title={t("takeOutTitle", { name })}
					text={t("usedBy", { places: usedBy.join(", ") })}
					action={t("takeOut", { name })}
					task={nothing}
					onClose={() => setAsking(false)}
					onConfirm={() => {
						setAsking(false);
						takeOut();
					}}
				/>
			)}
		</div>
	);
}

/** It is taken out of the form alone: nothing can fail. */
const nothing = new Task();

import { Button } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { Need } from "../session/rights.ts";
import { Screen } from "./parts.tsx";
import { Lack, useLack } from "./rights.tsx";

/** A screen that lists things: its button adds one, and who may not add is told why there is none. */
export function ListScreen(props: {
	title: string;
	lead: string;
	/** What adding takes. */
	need: Need;
	add: string;
	onAdd: () => void;
	children: ComponentChildren;
}) {
	const { title, lead, need, add, onAdd, children } = props;
	const lack = useLack(need);
	return (
		<Screen
			title={title}
			lead={lead}
			actions={
				!lack && (
					<Button kind="primary" icon="plus" onClick={onAdd}>
						{add}
					</Button>
				)
			}
		>
			<Lack lack={lack} what="Adding" />
			{children}
		</Screen>
	);
}

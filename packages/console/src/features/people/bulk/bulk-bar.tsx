import { Button, Checkbox, Menu } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { User } from "../../../session/wire.ts";
import { useUnsaved } from "../../../shell/unsaved.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import { type BulkModel, type Singly, singly, type Together, together } from "./bulk-model.ts";
import { MatchingDialog } from "./matching-dialog.tsx";
import type { MatchingModel, WithMatching } from "./matching-model.ts";
import { Passwords } from "./outcomes.tsx";
import { t } from "./strings.ts";

interface Props {
	model: BulkModel;
	/** Everybody who is found, where there is a search. */
	matching?: MatchingModel;
	page: readonly User[];
	/** How many are found, on all pages. */
	total?: number;
	onDone: () => void;
}

/** Who of the list is chosen, and what may be done with them. */
export function BulkBar({ model, matching, page, total = page.length, onDone }: Props) {
	const [open, setOpen] = useState<Singly | Together | undefined>(undefined);
	const { selection } = model;
	useUnsaved(() => model.passwords.peek().length > 0);
	const count = selection.people.value.length;
	const all = page.length > 0 && page.every((one) => selection.has(one.id));
	const matched = matching?.chosen.value;
	const chosen = matched === undefined ? [...together, ...singly].filter((action) => !model.lack(action)) : undefined;
	const actions = chosen ?? matching?.offered ?? [];
	const clear = () => {
		selection.clear();
		matching?.clear();
	};
	const close = () => {
		setOpen(undefined);
		model.forget();
		matching?.forget();
		onDone();
	};
	return (
		<div class="ui-stack">
			<div class="bulk-bar">
				<Checkbox
					label={t("choosePage")}
					checked={all}
					onChange={(on) => {
						matching?.clear();
						selection.set(page, on);
					}}
				/>
				{(count > 0 || matched !== undefined) && (
					<>
						<span role="status">
							{matched === undefined ? t("chosen", { count }) : t("matchingChosen", { count: matched })}
						</span>
						{matching && matched === undefined && all && total > page.length && (
							<Button size="small" onClick={() => matching.choose(total)}>
								{t("chooseMatching", { count: total })}
							</Button>
						)}
						<Button size="small" onClick={clear}>
							{t("clear")}
						</Button>
						{actions.length > 0 && (
							<Menu
								label={t("actions")}
								namedByContent
								items={actions.map((id) => ({ id, text: t(id), onSelect: () => setOpen(id) }))}
							>
								{t("actions")}
							</Menu>
						)}
					</>
				)}
			</div>
			<Passwords model={model} />
			{open &&
				(matching && matched !== undefined ? (
					<MatchingDialog model={matching} things={model} action={open as WithMatching} onClose={close} />
				) : (
					<BulkDialog model={model} action={open} onClose={close} />
				))}
		</div>
	);
}

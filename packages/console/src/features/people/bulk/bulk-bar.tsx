import { Button, Checkbox, Menu } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { User } from "../../../session/wire.ts";
import { useUnsaved } from "../../../shell/unsaved.ts";
import { AtOnceDialog } from "./at-once-dialog.tsx";
import type { AtOnceModel, WithMany } from "./at-once-model.ts";
import type { BulkModel } from "./bulk-model.ts";
import { OneTimeDialog } from "./one-time-dialog.tsx";
import { Passwords } from "./outcomes.tsx";
import { t } from "./strings.ts";

interface Props {
	model: BulkModel;
	/** What is done with them, or with everybody who is found. */
	atOnce: AtOnceModel;
	page: readonly User[];
	/** How many are found, on all pages. */
	total: number;
	onDone: () => void;
}

/** Who of the list is chosen, and what may be done with them. */
export function BulkBar({ model, atOnce, page, total, onDone }: Props) {
	const [open, setOpen] = useState<WithMany | "oneTime" | undefined>(undefined);
	const { selection } = model;
	useUnsaved(() => model.passwords.peek().length > 0);
	const count = selection.people.value.length;
	const all = page.length > 0 && page.every((one) => selection.has(one.id));
	const matched = atOnce.chosen.value;
	const oneTime = matched === undefined && !model.lackOfPasswords ? (["oneTime"] as const) : [];
	const actions = [...atOnce.offered, ...oneTime];
	const clear = () => {
		selection.clear();
		atOnce.clear();
	};
	const close = () => {
		setOpen(undefined);
		model.forget();
		atOnce.forget();
		onDone();
	};
	return (
		<div class="ui-stack">
			<div class="bulk-bar">
				<Checkbox
					label={t("choosePage")}
					checked={all}
					onChange={(on) => {
						atOnce.clear();
						selection.set(page, on);
					}}
				/>
				{(count > 0 || matched !== undefined) && (
					<>
						<span role="status">
							{matched === undefined ? t("chosen", { count }) : t("matchingChosen", { count: matched })}
						</span>
						{matched === undefined && all && total > page.length && (
							<Button size="small" onClick={() => atOnce.choose(total)}>
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
			{open === "oneTime" && <OneTimeDialog model={model} onClose={close} />}
			{open && open !== "oneTime" && <AtOnceDialog model={atOnce} things={model} action={open} onClose={close} />}
		</div>
	);
}

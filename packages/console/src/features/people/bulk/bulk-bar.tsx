import { Button, Checkbox, Menu } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { User } from "../../../session/wire.ts";
import { useUnsaved } from "../../../shell/unsaved.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import { type BulkModel, type Singly, singly, type Together, together } from "./bulk-model.ts";
import { Passwords } from "./outcomes.tsx";
import { t } from "./strings.ts";

/** Who of the list is chosen, and what may be done with them. */
export function BulkBar({ model, page, onDone }: { model: BulkModel; page: readonly User[]; onDone: () => void }) {
	const [open, setOpen] = useState<Singly | Together | undefined>(undefined);
	const { selection } = model;
	useUnsaved(() => model.passwords.peek().length > 0);
	const count = selection.people.value.length;
	const all = page.length > 0 && page.every((one) => selection.has(one.id));
	const actions = [...together, ...singly].filter((action) => !model.lack(action));
	const close = () => {
		setOpen(undefined);
		model.forget();
		onDone();
	};
	return (
		<div class="ui-stack">
			<div class="bulk-bar">
				<Checkbox label={t("choosePage")} checked={all} onChange={(on) => selection.set(page, on)} />
				{count > 0 && (
					<>
						<span role="status">{t("chosen", { count })}</span>
						<Button size="small" onClick={() => selection.clear()}>
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
			{open && <BulkDialog model={model} action={open} onClose={close} />}
		</div>
	);
}

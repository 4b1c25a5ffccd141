import { Banner, Button, Dialog } from "@inlay/ui";
import { useLayoutEffect, useState } from "preact/hooks";
import type { User } from "../../../session/wire.ts";
import { Affected } from "../../../shell/affected.tsx";
import { farewell } from "../../../shell/farewell.ts";
import { Load } from "../../../shell/parts.tsx";
import { t as shared } from "../../../shell/strings.ts";
import type { BulkModel } from "./bulk-model.ts";
import { linesOf, Outcomes } from "./outcomes.tsx";
import { t } from "./strings.ts";

interface Props {
	model: BulkModel;
	/** Closes it; the list is read anew where something was done. */
	onClose: () => void;
}

/** Gives one-time passwords to those who were chosen, one by one: each has an answer of their own. */
export function OneTimeDialog({ model, onClose }: Props) {
	const { each } = model;
	const people = model.selection.people.value;
	const [begun, setBegun] = useState(false);
	useLayoutEffect(() => model.forget(), [model]);
	const isOver = begun && !each.busy.value && each.left === 0;
	// While it is under way nothing else can be begun, and how far it came is shown here alone.
	const close = () => {
		if (!each.busy.peek()) onClose();
	};
	const start = async () => {
		setBegun(true);
		await model.giveOneTimePasswords();
		if (model.includesSelf) farewell.value = linesOf(each);
	};
	return (
		<Dialog title={t("oneTime")} closeLabel={shared("close")} onClose={close}>
			<div class="ui-stack">
				<Affected title={t("chosen", { count: people.length })} names={people.map(nameOf)} />
				{model.includesSelf && <Banner tone="bad">{t("withSelf")}</Banner>}
				<p>{t("oneTimeText")}</p>
				{!begun && <Load from={model.inCall}>{(names) => <Affected title={t("inCall")} names={names} />}</Load>}
				{begun && <Outcomes each={each} />}
				<div class="dialog-actions">
					<Button disabled={each.busy.value} onClick={close}>
						{shared(begun ? "close" : "cancel")}
					</Button>
					{!isOver && (
						<Button kind="bad" busy={each.busy.value} onClick={() => void start()}>
							{begun && !each.busy.value ? t("again") : t("oneTime")}
						</Button>
					)}
				</div>
			</div>
		</Dialog>
	);
}

/** A name alone may be several people's. */
function nameOf({ name, email }: User): string {
	return email ? `${name} (${email})` : name;
}

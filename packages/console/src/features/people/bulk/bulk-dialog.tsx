import { Banner, Button, Dialog } from "@inlay/ui";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { Loaded } from "../../../session/load.ts";
import { everyDivision } from "../../../session/rights.ts";
import { Affected } from "../../../shell/affected.tsx";
import { farewell } from "../../../shell/farewell.ts";
import { tell } from "../../../shell/notice.ts";
import { Failure, Form, Load } from "../../../shell/parts.tsx";
import { t as shared } from "../../../shell/strings.ts";
import { t as people } from "../strings.ts";
import { type BulkModel, mostTogether, type Singly, singly, type Together } from "./bulk-model.ts";
import { linesOf, Outcomes } from "./outcomes.tsx";
import { t } from "./strings.ts";
import { ThingChoice } from "./thing-choice.tsx";

interface Props<Action> {
	model: BulkModel;
	action: Action;
	/** Closes it; the list is read anew where something was done. */
	onClose: () => void;
}

/** Asks, with all that is to be known, and does it with those who were chosen. */
export function BulkDialog({ model, action, onClose }: Props<Singly | Together>) {
	const isSingle = (singly as readonly string[]).includes(action);
	useLayoutEffect(() => model.forget(), [model, action]);
	// While it is under way nothing else can be begun, and how far it came is shown here alone.
	const close = () => {
		if (!model.each.busy.peek() && !model.changing.busy.peek()) onClose();
	};
	return (
		<Dialog title={t(action)} closeLabel={shared("close")} onClose={close}>
			<div class="ui-stack">
				<p>{t("chosen", { count: model.selection.people.value.length })}</p>
				{model.includesSelf && <Banner tone="bad">{t("withSelf")}</Banner>}
				{isSingle ? (
					<EachOne model={model} action={action as Singly} onClose={close} />
				) : (
					<AllTogether model={model} action={action as Together} onClose={close} />
				)}
			</div>
		</Dialog>
	);
}

/** Where a call under way is lost by it. */
const takesCalls: readonly Singly[] = ["deactivate", "signOut", "oneTime"];

function EachOne({ model, action, onClose }: Props<Singly>) {
	const { each } = model;
	const [begun, setBegun] = useState(false);
	const isOver = begun && !each.busy.value && each.left === 0;
	const start = async () => {
		setBegun(true);
		const left = await model.run(action);
		if (model.includesSelf && takesCalls.includes(action)) farewell.value = linesOf(each);
		if (left !== 0) return;
		if (action === "oneTime") return;
		const count = each.done.peek();
		onClose();
		tell(t("done", { count }));
	};
	return (
		<>
			<p>{t(`${action}Text`)}</p>
			{!begun && takesCalls.includes(action) && (
				<Load from={model.inCall}>{(names) => <Affected title={t("inCall")} names={names} />}</Load>
			)}
			{begun && <Outcomes each={each} />}
			<div class="dialog-actions">
				<Button disabled={each.busy.value} onClick={onClose}>
					{shared(begun ? "close" : "cancel")}
				</Button>
				{!isOver && (
					<Button kind={action === "activate" ? "primary" : "bad"} busy={each.busy.value} onClick={() => void start()}>
						{begun && !each.busy.value ? t("again") : t(action)}
					</Button>
				)}
			</div>
		</>
	);
}

function AllTogether({ model, action, onClose }: Props<Together>) {
	const [thing, setThing] = useState("");
	const [place, setPlace] = useState<string>(everyDivision);
	const most = mostTogether[action];
	const [total, reached] = [model.selection.people.value.length, model.reached.value];
	const closes = useMemo(
		() => (action === "leaveGroup" && thing !== "" ? new Loaded(() => model.closedBy(thing)) : undefined),
		[model, action, thing],
	);
	// Nobody presses before they have read what it closes.
	const isReady = thing !== "" && (closes === undefined || closes.value !== undefined);
	const work = () => {
		if (action === "giveRole") return model.giveRole(thing, place);
		if (action === "takeRole") return model.takeRole(thing);
		if (action === "joinQueue") return model.joinQueue(thing);
		if (action === "leaveQueue") return model.leaveQueue(thing);
		return action === "joinGroup" ? model.joinGroup(thing) : model.leaveGroup(thing);
	};
	const send = async () => {
		const count = model.selection.people.peek().length;
		if (!isReady || !(await work())) return;
		onClose();
		tell(t("done", { count }));
	};
	return (
		<Form onSend={() => void send()}>
			{action === "takeRole" && <p>{t("takeRoleText")}</p>}
			{action === "leaveQueue" && <p>{t("leaveQueueText")}</p>}
			<p>{total > most ? t("portionsText", { most }) : t("togetherText")}</p>
			<ThingChoice model={model} action={action} thing={thing} onThing={setThing} place={place} onPlace={setPlace} />
			{closes && <Closes key={thing} from={closes} />}
			{model.changing.busy.value && total > most && <p role="status">{t("progress", { done: reached, total })}</p>}
			<Failure error={model.changing.error.value} />
			{model.changing.error.value && reached > 0 && <p>{t("portionsDone", { done: reached, total })}</p>}
			<div class="dialog-actions">
				<Button disabled={model.changing.busy.value} onClick={onClose}>
					{shared(reached > 0 ? "close" : "cancel")}
				</Button>
				<Button kind="primary" type="submit" disabled={!isReady} busy={model.changing.busy.value}>
					{t(action)}
				</Button>
			</div>
		</Form>
	);
}

/** What closes with a group that they leave without anybody. */
function Closes({ from }: { from: Loaded<string[]> }) {
	return (
		<Load from={from}>
			{(names) =>
				names.length > 0 && (
					<Banner tone="bad">
						<p>{people("emptyText")}</p>
						<Affected title={people("closesFor")} names={names} />
					</Banner>
				)
			}
		</Load>
	);
}

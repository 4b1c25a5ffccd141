import { Banner, Button, Dialog } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../../session/api.ts";
import { everyDivision } from "../../../session/rights.ts";
import { Affected } from "../../../shell/affected.tsx";
import { failureText } from "../../../shell/failure.ts";
import { farewell } from "../../../shell/farewell.ts";
import { tell } from "../../../shell/notice.ts";
import { Failure, Form } from "../../../shell/parts.tsx";
import { t as shared } from "../../../shell/strings.ts";
import { t as people } from "../strings.ts";
import {
	type About,
	type AtOnceModel,
	errorOf,
	type Outcome,
	type Preview,
	type RefusedPerson,
	type WithMany,
} from "./at-once-model.ts";
import { type BulkModel, type Together, together } from "./bulk-model.ts";
import { t } from "./strings.ts";
import { ThingChoice } from "./thing-choice.tsx";

interface Props {
	model: AtOnceModel;
	/** Roles, groups and queues to choose among. */
	things: BulkModel;
	action: WithMany;
	/** Closes it; the list is read anew where something was done. */
	onClose: () => void;
}

const isTogether = (action: WithMany): action is Together => (together as readonly string[]).includes(action);

/** Shows whom it affects, and does it with those who were chosen or with everybody who matches. */
export function AtOnceDialog({ model, things, action, onClose }: Props) {
	const [thing, setThing] = useState("");
	const [place, setPlace] = useState<string>(everyDivision);
	const about: About = { action, thing, place };
	const isAsked = !isTogether(action) || thing !== "";
	const { preview, outcome } = model;
	// As soon as it is clear what it is about, those whom it affects are read.
	useEffect(() => {
		if (isAsked) void model.look({ action, thing, place });
		else model.forget();
	}, [model, isAsked, action, thing, place]);
	const busy = model.doing.busy.value;
	const close = () => {
		if (!model.doing.busy.peek() && !model.undoing.busy.peek()) onClose();
	};
	const undo = async () => {
		const count = await model.undo(about);
		if (count === undefined) return;
		onClose();
		tell(t("undone", { count }));
	};
	const send = async () => {
		if (!preview.peek()) return void (isAsked && model.look(about));
		const endsOwn = preview.peek()?.self && (action === "signOut" || action === "deactivate");
		const isAll = await model.run(about);
		if (endsOwn) farewell.value = linesOf(model.outcome.peek());
		if (!isAll || model.mayUndo(about)) return;
		const { done = 0, unchanged = 0 } = model.outcome.peek() ?? {};
		onClose();
		tell([t("done", { count: done }), ...(unchanged > 0 ? [t("unchanged", { count: unchanged })] : [])].join(" "));
	};
	return (
		<Dialog title={t(action)} closeLabel={shared("close")} onClose={close}>
			<Form onSend={() => void send()}>
				{action in ownText && <p>{t(ownText[action as keyof typeof ownText])}</p>}
				{isTogether(action) && (
					<ThingChoice
						model={things}
						action={action}
						thing={thing}
						onThing={setThing}
						place={place}
						onPlace={setPlace}
					/>
				)}
				<Refusal error={model.looking.error.value} />
				{outcome.value ? (
					<Done outcome={outcome.value} />
				) : (
					preview.value && (
						<Shown
							preview={preview.value}
							action={action}
							closes={model.closes.value}
							byHand={model.chosen.value === undefined}
						/>
					)
				)}
				{busy && <p role="status">{t("takesTime")}</p>}
				<Refusal error={model.doing.error.value} />
				<Failure error={model.undoing.error.value} />
				<div class="dialog-actions">
					<Button disabled={busy} onClick={close}>
						{shared(outcome.value ? "close" : "cancel")}
					</Button>
					{outcome.value && !busy && model.mayUndo(about) && (
						<Button busy={model.undoing.busy.value} onClick={() => void undo()}>
							{t("undo")}
						</Button>
					)}
					{!outcome.value && (
						<Button
							kind={preview.value && (action === "deactivate" || action === "signOut") ? "bad" : "primary"}
							type="submit"
							disabled={!isAsked || (preview.value !== undefined && leftIn(preview.value) === 0)}
							busy={busy || model.looking.busy.value}
						>
							{preview.value ? t(action) : t("matchingLook")}
						</Button>
					)}
				</div>
			</Form>
		</Dialog>
	);
}

const ownText = {
	deactivate: "deactivateText",
	activate: "activateText",
	signOut: "signOutText",
	takeRole: "takeRoleText",
	leaveQueue: "leaveQueueText",
} as const;

interface ShownProps {
	preview: Preview;
	action: WithMany;
	closes: readonly string[];
	/** They were chosen one by one. */
	byHand: boolean;
}

/** Who is affected, and how. */
function Shown({ preview, action, closes, byHand }: ShownProps) {
	const { total, affected, inCall, self, unchanged, refused, refusedCount, gone = 0 } = preview;
	const takesCalls = action === "deactivate" || action === "signOut";
	return (
		<>
			<p role="status">
				<strong>{t(byHand ? "chosen" : "matchingText", { count: total })}</strong>
			</p>
			{self && <Banner tone="bad">{t("withSelf")}</Banner>}
			<Affected title={t("affected")} names={affected} total={leftIn(preview)} />
			{takesCalls && <Affected title={t("inCall")} names={inCall} />}
			{unchanged > 0 && <p>{t("unchanged", { count: unchanged })}</p>}
			{refusedCount > 0 && <Affected title={t("leftOut")} names={refused.map(reasonOf)} total={refusedCount} />}
			{gone > 0 && <p>{t("unreached", { count: gone })}</p>}
			{closes.length > 0 && (
				<Banner tone="bad">
					<p>{people("emptyText")}</p>
					<Affected title={people("closesFor")} names={closes} />
				</Banner>
			)}
		</>
	);
}

/** With how many it would be done. */
function leftIn({ total, unchanged, refusedCount }: Preview): number {
	return total - unchanged - refusedCount;
}

function reasonOf(one: RefusedPerson): string {
	return `${one.name}: ${failureText(errorOf(one))}`;
}

/** The same, line by line. */
function linesOf(outcome: Outcome | undefined): string[] {
	if (!outcome) return [];
	const { done, refused, refusedCount } = outcome;
	const names = refused.map(reasonOf);
	return [t("done", { count: done }), ...(refusedCount > 0 ? [t("refused", { count: refusedCount }), ...names] : [])];
}

/** With how many it was done, and who was refused for what. */
function Done({ outcome: { done, unchanged, refused, refusedCount, gone = 0, isUndo } }: { outcome: Outcome }) {
	return (
		<div role="status" class="ui-stack">
			<p>{t(isUndo ? "undone" : "done", { count: done })}</p>
			{unchanged > 0 && <p>{t("unchanged", { count: unchanged })}</p>}
			{gone > 0 && <p>{t("unreached", { count: gone })}</p>}
			{refusedCount > 0 && (
				<Banner tone="bad">
					{t("refused", { count: refusedCount })}
					<ul class="plain-list">
						{refused.map((one) => (
							<li key={one.id}>{reasonOf(one)}</li>
						))}
						{refusedCount > refused.length && <li>…</li>}
					</ul>
				</Banner>
			)}
		</div>
	);
}

function Refusal({ error }: { error: ApiError | undefined }) {
	if (error?.code === "people.changed") return <Banner tone="warn">{t("othersMatch")}</Banner>;
	if (error?.code !== "too.many.people") return <Failure error={error} />;
	const { total = "", most = "" } = error.params;
	return <Banner tone="warn">{t("tooManyMatch", { total, most })}</Banner>;
}

import { Button, Select, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { Task } from "../../session/load.ts";
import { Confirm, Load, Section } from "../../shell/parts.tsx";
import type { QueueForm } from "./queue-form.ts";
import type { NamedSkill, QueueModel } from "./queues-model.ts";
import {
	type EditedRing,
	isWrongRing,
	mostRings,
	movesMembers,
	ringSeconds,
	ringsIn,
	withoutRing,
	withRing,
} from "./rings-form.ts";
import { t } from "./strings.ts";

/** Bullseye: who of the members is rung first, who joins later, and what is asked for no longer then. */
export function RingsSection({ model, form }: { model: QueueModel; form: QueueForm }) {
	const rings = ringsIn(form.rings);
	const [removed, setRemoved] = useState<number | undefined>(undefined);
	const before = model.details.base.value?.bullseye?.rings?.length ?? 0;
	const change = (now: EditedRing[]) => model.details.change({ rings: JSON.stringify(now) });
	return (
		<Section title={t("rings")} hint={t("ringsHint")}>
			{rings.length === 0 && <p class="ui-muted">{t("noRings")}</p>}
			<Load from={model.skills}>
				{(skills) => (
					<>
						{rings.map((ring, at) => (
							<Ring
								key={at}
								ring={ring}
								number={at + 1}
								isLast={at === rings.length - 1}
								skills={skills}
								isWrong={model.isWrong("rings") && isWrongRing(ring)}
								onChange={(now) => change(rings.with(at, now))}
								onRemove={() => (movesMembers(rings, at, before) ? setRemoved(at) : change(withoutRing(rings, at)))}
							/>
						))}
					</>
				)}
			</Load>
			{rings.length < mostRings && (
				<div class="form-actions">
					<Button icon="plus" onClick={() => change(withRing(rings))}>
						{t("addRing")}
					</Button>
				</div>
			)}
			{removed !== undefined && (
				<Confirm
					title={t("removeRingTitle", { number: removed + 1 })}
					text={t("removeRingText", { number: removed + 1 })}
					action={t("removeRing")}
					task={nothingAsked}
					onClose={() => setRemoved(undefined)}
					onConfirm={() => {
						change(withoutRing(rings, removed));
						setRemoved(undefined);
					}}
				/>
			)}
		</Section>
	);
}

/** The form alone changes: it is saved later. */
const nothingAsked = new Task();

interface RingProps {
	ring: EditedRing;
	number: number;
	isLast: boolean;
	skills: readonly NamedSkill[];
	isWrong: boolean;
	onChange: (ring: EditedRing) => void;
	onRemove: () => void;
}

function Ring({ ring, number, isLast, skills, isWrong, onChange, onRemove }: RingProps) {
	return (
		<fieldset class="choices ui-stack" data-ring={number}>
			<legend>{t("ring", { number })}</legend>
			{isLast ? (
				<p class="ui-muted">{t("lastRing")}</p>
			) : (
				<>
					<TextField
						label={t("ringSeconds")}
						type="number"
						value={ring.seconds}
						error={isWrong ? t("wholeNumber", ringSeconds) : undefined}
						onInput={(seconds) => onChange({ ...ring, seconds })}
					/>
					<Removed ring={ring} skills={skills} onChange={(chosen) => onChange({ ...ring, skills: chosen })} />
				</>
			)}
			<div class="form-actions">
				<Button size="small" aria-label={t("removeRingNamed", { number })} onClick={onRemove}>
					{t("removeRing")}
				</Button>
			</div>
		</fieldset>
	);
}

/** Skills that are asked for no longer. One that one may not see stays, under its id. */
function Removed(props: { ring: EditedRing; skills: readonly NamedSkill[]; onChange: (skills: string[]) => void }) {
	const { ring, skills, onChange } = props;
	const nameOf = (id: string) => skills.find((one) => one.id === id)?.name ?? id;
	const left = skills.filter(({ id }) => !ring.skills.includes(id));
	return (
		<>
			{left.length > 0 && (
				<Select
					label={t("skillsRemoved")}
					value=""
					options={[{ value: "", text: t("addSkill") }, ...left.map(({ id, name }) => ({ value: id, text: name }))]}
					onChange={(id) => id !== "" && onChange([...ring.skills, id])}
				/>
			)}
			{ring.skills.length > 0 && left.length === 0 && <p class="ui-muted">{t("skillsRemoved")}</p>}
			{ring.skills.length > 0 && (
				<ul class="rows" aria-label={t("skillsRemoved")}>
					{ring.skills.map((id) => (
						<li key={id}>
							<div class="row-main">
								<bdi>{nameOf(id)}</bdi>
							</div>
							<Button
								size="small"
								aria-label={t("askAgainNamed", { name: nameOf(id) })}
								onClick={() => onChange(ring.skills.filter((one) => one !== id))}
							>
								{t("askAgain")}
							</Button>
						</li>
					))}
				</ul>
			)}
		</>
	);
}

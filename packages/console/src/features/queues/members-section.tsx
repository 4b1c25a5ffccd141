import { Button, Select } from "@inlay/ui";
import { useState } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { Lack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import type { QueueThing } from "./queue-form.ts";
import type { Member, QueueMembers } from "./queue-members.ts";
import { t } from "./strings.ts";

interface Props {
	members: QueueMembers;
	queue: QueueThing;
}

/** Who works in the queue: looked for, added, taken out. */
export function MembersSection({ members, queue }: Props) {
	const rights = useRights();
	const lack = rights.lack(inDivision(needs.manageMembers, queue.division?.id));
	const lackToChoose = rights.lack(needs.viewPeople);
	const rings = queue.bullseye?.rings?.length ?? 0;
	const put = async (member: Member, ring: number) => {
		if (await members.intoRing(member, ring)) tell(t("inRing", { name: member.name, number: ring }));
	};
	const [leaving, setLeaving] = useState<Member | undefined>(undefined);
	return (
		<Section title={t("members")} hint={t("membersHint")}>
			<SearchedRows
				list={members.own}
				label={t("searchMembers")}
				none={t(members.own.text.value === "" ? "nobody" : "noSuchMember")}
				row={(member) => (
					<li key={member.id}>
						<div class="row-main">
							<a href={hrefOf({ screen: "person", id: member.id })}>
								<bdi>{member.name}</bdi>
							</a>
						</div>
						{rings > 1 && (
							<RingOf member={member} rings={rings} mayChange={!lack} onChange={(ring) => put(member, ring)} />
						)}
						{!lack && (
							<Button
								size="small"
								aria-label={t("takeOutNamed", { name: member.name })}
								onClick={() => setLeaving(member)}
							>
								{t("takeOut")}
							</Button>
						)}
					</li>
				)}
			/>
			{!leaving && <Failure error={members.changing.error.value} />}
			<Lack lack={lack} what="Changing" />
			{!lack && <Lack lack={lackToChoose} what="Seeing" />}
			{!lack && !lackToChoose && <Add members={members} queue={queue} />}
			{leaving && (
				<Confirm
					title={t("takeOutTitle", { name: leaving.name, queue: queue.name })}
					text={t("takeOutText", { name: leaving.name })}
					action={t("takeOut")}
					task={members.changing}
					onClose={() => setLeaving(undefined)}
					onConfirm={async () => {
						if (!(await members.takeOut(leaving))) return;
						setLeaving(undefined);
						tell(t("takenOut", { name: leaving.name, queue: queue.name }));
					}}
				/>
			)}
		</Section>
	);
}

/** Whoever stands further out than there are rings is in the last one. */
function RingOf(props: { member: Member; rings: number; mayChange: boolean; onChange: (ring: number) => void }) {
	const { member, rings, mayChange, onChange } = props;
	const now = Math.min(member.ringNumber ?? 1, rings);
	if (!mayChange) return <span class="ui-muted">{t("ring", { number: now })}</span>;
	return (
		<Select
			label={t("ringOf", { name: member.name })}
			labelHidden
			value={String(now)}
			options={Array.from({ length: rings }, (_none, at) => ({
				value: String(at + 1),
				text: t("ring", { number: at + 1 }),
			}))}
			onChange={(value) => onChange(Number(value))}
		/>
	);
}

function Add({ members, queue }: Props) {
	const [chosen, setChosen] = useState<Member | undefined>(undefined);
	return (
		<div class="ui-stack">
			<Picker
				list={members.all}
				label={t("memberToAdd")}
				searchLabel={t("searchPeople")}
				none={t("choosePerson")}
				chosen={chosen}
				textOf={({ name }) => name}
				onChoose={setChosen}
				isIn={({ id }) => members.inside.value.has(id)}
			/>
			<div class="form-actions">
				<Button
					icon="plus"
					disabled={!chosen}
					busy={members.changing.busy.value}
					onClick={async () => {
						if (!chosen || !(await members.add(chosen))) return;
						setChosen(undefined);
						tell(t("memberAdded", { name: chosen.name, queue: queue.name }));
					}}
				>
					{t("addMember")}
				</Button>
			</div>
		</div>
	);
}

import { Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import type { Queue, User } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { Lack, useLack, useRights } from "../../shell/rights.tsx";
import type { PersonQueues } from "./person-queues.ts";
import { t } from "./strings.ts";

/** The queues that one user works in. */
export function QueuesSection({ model, user }: { model: PersonQueues; user: User }) {
	const lack = useLack(needs.viewQueues);
	const rights = useRights();
	const [leaving, setLeaving] = useState<Queue | undefined>(undefined);
	const mayManage = (queue: Queue) => rights.may(inDivision(needs.manageMembers, queue.division?.id));
	return (
		<Section title={t("queues")} hint={t("queuesHint")}>
			<Lack lack={lack ?? rights.lack(needs.manageMembers)} what={lack ? "Seeing" : "Changing"} />
			<Failure error={model.changing.error.value} />
			{!lack && (
				<Load from={model.own}>
					{(own) =>
						own.length === 0 ? (
							<p class="ui-muted">{t("noQueue")}</p>
						) : (
							<ul class="rows">
								{own.map((queue) => (
									<li key={queue.id}>
										<div class="row-main">
											<strong>{queue.name}</strong>
											<span class="ui-muted">{t(queue.joined ? "takesWork" : "takesNoWork")}</span>
										</div>
										{mayManage(queue) && (
											<Button
												size="small"
												aria-label={t("leaveQueueNamed", { queue: queue.name })}
												onClick={() => setLeaving(queue)}
											>
												{t("takeOut")}
											</Button>
										)}
									</li>
								))}
							</ul>
						)
					}
				</Load>
			)}
			{leaving && (
				<Confirm
					title={t("leaveQueueTitle", { name: user.name, queue: leaving.name })}
					text={t("leaveQueueText", { name: user.name, queue: leaving.name })}
					action={t("takeOut")}
					task={model.changing}
					onClose={() => setLeaving(undefined)}
					onConfirm={async () => {
						if (!(await model.takeOut(leaving.id))) return;
						setLeaving(undefined);
						tell(t("leftQueue", { name: user.name, queue: leaving.name }));
					}}
				/>
			)}
			{!lack && rights.may(needs.manageMembers) && <AddQueue model={model} user={user} mayManage={mayManage} />}
		</Section>
	);
}

function AddQueue({
	model,
	user,
	mayManage,
}: {
	model: PersonQueues;
	user: User;
	mayManage: (queue: Queue) => boolean;
}) {
	const [chosen, setChosen] = useState<Queue | undefined>(undefined);
	return (
		<div class="ui-stack">
			<Picker
				list={model.all}
				label={t("queueToAdd")}
				searchLabel={t("searchQueues")}
				none={t("chooseQueue")}
				chosen={chosen}
				textOf={(queue) => queue.name}
				onChoose={setChosen}
			/>
			{chosen && !mayManage(chosen) && <Lack lack={inDivision(needs.manageMembers, chosen.division?.id)} />}
			<div class="form-actions">
				<Button
					icon="plus"
					disabled={!chosen || !mayManage(chosen)}
					busy={model.changing.busy.value}
					onClick={async () => {
						if (!chosen || !(await model.add(chosen.id))) return;
						setChosen(undefined);
						tell(t("inQueue", { name: user.name, queue: chosen.name }));
					}}
				>
					{t("addToQueue")}
				</Button>
			</div>
		</div>
	);
}

import { Button, Dialog, locale } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../session/interaction.ts";
import { t as leave } from "./leave-strings.ts";
import type { LeavingWay } from "./leaving.ts";
import { t as ofMedia } from "./media-strings.ts";
import { type Others, othersIn } from "./staying.ts";
import { t } from "./strings.ts";
import { t as ofTargets } from "./target-strings.ts";
import type { Workspace } from "./workspace.ts";

/** What another panel, which has the sound, does when this one signs out; `asking` until the server has said it. */
type Elsewhere = "none" | "asking" | "goesOn" | "endsToo";

/** Whether the other panel stays signed in is the organization's rule; unknown, nothing is promised. */
function useElsewhere({ leaving, session }: Workspace): Elsewhere {
	const isElsewhere = leaving.goesOnElsewhere;
	const [answer, setAnswer] = useState<Elsewhere>("asking");
	useEffect(() => {
		if (!isElsewhere) return;
		void session.api
			.get<{ inlayEndsEverySession?: boolean } | undefined>("/tokens/me")
			.then((token) => setAnswer(token?.inlayEndsEverySession ? "endsToo" : "goesOn"))
			.catch(() => setAnswer("none"));
	}, [isElsewhere, session]);
	return isElsewhere ? answer : "none";
}

/** Something is in hand: what shall become of it? */
export function LeaveDialog({ workspace }: { workspace: Workspace }) {
	const { leaving } = workspace;
	const [problem, setProblem] = useState("");
	const [under, setUnder] = useState<LeavingWay | undefined>();
	const [first, ...more] = leaving.calls;
	const [returning] = leaving.returnable;
	const several = more.length > 0;
	const elsewhere = useElsewhere(workspace);
	const { inHand } = leaving;
	const written = inHand.slice(leaving.calls.length);
	const isLeft = elsewhere === "none" || elsewhere === "endsToo";
	const go = async (way: LeavingWay) => {
		setUnder(way);
		setProblem("");
		try {
			await leaving.go(way);
		} catch (error) {
			setProblem(await workspace.describe(error));
		}
		setUnder(undefined);
	};
	const others = first && !several ? othersIn(first) : undefined;
	const text = first ? textOf(workspace) : inHand.length === 0 && leave("leaveOver");
	return (
		<Dialog
			title={leave(first ? "leaveTitle" : "leaveTitleWork")}
			closeLabel={leave("leaveStay")}
			onClose={() => leaving.stay()}
		>
			<div class="ui-stack" data-leaving>
				{elsewhere === "goesOn" && <p data-goes-on>{leave("leaveElsewhere")}</p>}
				{elsewhere === "endsToo" && <p data-ends-too>{leave("leaveEverywhere")}</p>}
				{isLeft && text && <p>{text}</p>}
				{(several || written.length > 0) && <InHand workspace={workspace} />}
				{isLeft && written.length > 0 && <p class="ui-hint">{leave("leaveWritten")}</p>}
				{problem && (
					<p class="ui-error" role="alert">
						{problem}
					</p>
				)}
				{elsewhere === "goesOn" && (
					<Button icon="signout" busy={under === "here"} data-leave="here" onClick={() => void go("here")}>
						{leave("leaveHere")}
					</Button>
				)}
				{isLeft && returning && (
					<Button icon="transfer" busy={under === "giveBack"} data-leave="giveBack" onClick={() => void go("giveBack")}>
						{several
							? leave("leaveGiveBackCalls")
							: leave("leaveGiveBack", { queue: workspace.ui.queueName(returning) || ofTargets("aQueue") })}
					</Button>
				)}
				{isLeft && (
					<Button
						kind="bad"
						icon={first && !others?.stay ? "hangup" : "signout"}
						busy={under === "end"}
						data-leave="end"
						onClick={() => void go("end")}
					>
						{first ? endTextOf(workspace) : t("signOut")}
					</Button>
				)}
				<Button kind="primary" data-leave="stay" onClick={() => leaving.stay()}>
					{leave("leaveStay")}
				</Button>
				{isLeft && first && !others?.stay && <p class="ui-hint">{leave("leaveHint")}</p>}
			</div>
		</Dialog>
	);
}

/** With whom the agent is on the line, and who stays there without them. */
function textOf(workspace: Workspace): string {
	const [first, ...more] = workspace.leaving.calls;
	if (!first || more.length > 0) return leave("leaveCalls", { count: more.length + 1 });
	const others = othersIn(first);
	if (others?.called) return textOfCalled(workspace, others, shown(workspace, others.called));
	if (others?.stay) return leave("leaveStaying", { names: listOf(workspace, others) });
	return leave("leaveCall", { name: others ? listOf(workspace, others) : workspace.nameOf(first) || t("somebody") });
}

/** Only who came from a queue goes back to it, and only alone. */
function textOfCalled(workspace: Workspace, others: Others, called: string): string {
	const names = listOf(workspace, others);
	if (!others.unanswered) return `${leave("leaveStaying", { names })} ${leave("leaveOthersCalled", { called })}`;
	return leave(others.unanswered === "queue" ? "leaveCalled" : "leaveCalledEnds", { names, called });
}

/** Of a call of several it is said what becomes of the others. */
function endTextOf({ leaving }: Workspace): string {
	const [first, ...more] = leaving.calls;
	if (!first || more.length > 0) return leave("leaveEndCalls", { count: more.length + 1 });
	const others = othersIn(first);
	return leave(!others ? "leaveEnd" : others.stay ? "leaveOnly" : "leaveEndForAll");
}

/** A number stands as the reader writes it. */
function shown({ numbers }: Workspace, name: string): string {
	return numbers.show(name) || t("somebody");
}

function listOf(workspace: Workspace, { names }: Others): string {
	const list = names.map((name) => shown(workspace, name));
	return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(list);
}

/** Each by its name and medium: a call, an email and a message of one customer are three. */
function InHand({ workspace }: { workspace: Workspace }) {
	return (
		<ul data-in-hand={workspace.leaving.inHand.length}>
			{workspace.leaving.inHand.map((each) => (
				<li key={each.id}>
					{ofMedia(`medium_${each.media}`)} · <bdi>{workspace.nameOf(each) || t("somebody")}</bdi>
					<Staying workspace={workspace} call={each} />
				</li>
			))}
		</ul>
	);
}

/** Of several calls each says who goes on in it without the agent. */
function Staying({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const others = othersIn(call);
	if (others?.called)
		return <span class="ui-hint"> {leave("leaveOthersCalled", { called: shown(workspace, others.called) })}</span>;
	return others?.stay ? (
		<span class="ui-hint"> {leave("leaveOthersStay", { names: listOf(workspace, others) })}</span>
	) : null;
}

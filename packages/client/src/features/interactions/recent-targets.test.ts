import { expect, it } from "vitest";
import { memoryStorage } from "../../boot/storage.ts";
import { RecentTargets } from "./recent-targets.ts";

it("whom one hands calls to again and again had to be searched for each time", () => {
	const storage = memoryStorage();
	const recent = new RecentTargets(storage, "anna");
	for (const id of ["q1", "q2", "q3", "q4", "q5", "q6", "q2"]) recent.note({ kind: "queue", id, name: `Queue ${id}` });
	recent.note({ kind: "person", id: "ben", name: "Ben", presence: "AVAILABLE" });
	recent.note({ kind: "contact", name: "Carol", number: "+49301", label: "", attributes: { secret: "1" } });
	expect(new RecentTargets(storage, "anna").list.map((one) => one.id)).toEqual(["ben", "q2", "q6", "q5", "q4"]);
	expect(recent.list[0], "how somebody was then is not how they are").toMatchObject({ presence: "" });
	expect(new RecentTargets(storage, "ben").list, "each their own").toEqual([]);
});

it("what one looks among is remembered; what was kept by something else is no list", () => {
	const storage = memoryStorage();
	const recent = new RecentTargets(storage, "anna");
	expect(recent.among).toBe("all");
	recent.among = "queues";
	expect(new RecentTargets(storage, "anna").among).toBe("queues");
	for (const kept of ["{", "{}", '[1, null, {"kind":"person"}, {"kind":"x","id":"1","name":"n"}]']) {
		storage.setItem("inlay.transfer.recent.anna", kept);
		expect(recent.list).toEqual([]);
	}
});

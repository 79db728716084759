import { startHouse } from '../support/house.ts';

/** A house that is told to go in the moment it has come: its workers are still on their way in. */

test('ends at once, whatever it was just beginning', async () => {
  for (let round = 0; round < 4; round += 1) {
    const house = await startHouse();
    const told = Date.now();
    await house.close();
    expect(Date.now() - told).toBeLessThan(5_000);
  }
});

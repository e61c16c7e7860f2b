// A computer whose clock is five minutes ahead.
{
  const Real = Date;
  const ahead = () => Real.now() + 300_000;
  globalThis.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length ? parts : [ahead()]));
    }

    static now() {
      return ahead();
    }
  };
}

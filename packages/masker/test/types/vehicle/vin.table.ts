import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'VIN',
  personal: [
    'the vin is {VIN|1M8GDM9AXKP042788}',
    'chassis {VIN|1hgcm82633a004352}',
    'it is {VIN|11111111111111111}',
    'vin: {VIN|1HGCM82633A004352}',
    'vehicle identification number {VIN|1M8GDM9AXKP042788}',
    '{VIN|1HGCM82633A004352} please',
    '({VIN|1M8GDM9AXKP042788})',
    'the car is {VIN|1HGCM82633A004352}, blue',
  ],
  ordinary: [
    '1M8GDM9A1KP042788',
    '1M8GDM9AXKP042789',
    '1M8GDM9AXKP04278',
    'IM8GDM9AXKP042788',
    'x1M8GDM9AXKP042788',
    'order number 1M8GDM9AXKP042788',
    'my vin is on the door',
    '1HGCM82633A004353',
  ],
};

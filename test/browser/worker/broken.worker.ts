throw new Error('No such table');

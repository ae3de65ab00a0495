"""What the tests stand on: servers as people start them, and the runners behind ./run test and ./run lint."""
